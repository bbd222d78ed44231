use suning_api::methods::shop::thing_modify::ThingModifyResponse;

fn main() {
    let _ = ThingModifyResponse { thing_name: None };
}
