use suning_api::methods::shop::thing_modify::ThingModifyErrorCode;

fn shown(code: ThingModifyErrorCode) -> &'static str {
    match code {
        ThingModifyErrorCode::MissingParameter { .. } => "missing",
        ThingModifyErrorCode::Invalid => "invalid",
        ThingModifyErrorCode::Down => "down",
        ThingModifyErrorCode::Common(_) => "common",
        ThingModifyErrorCode::Other(_) => "other",
    }
}

fn main() {
    shown(ThingModifyErrorCode::Down);
}
