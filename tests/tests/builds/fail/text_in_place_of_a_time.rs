use suning_api::methods::shop::thing_modify::ThingModifyRequest;

fn main() {
    ThingModifyRequest::builder().time("2020-01-01 00:00:00");
}
