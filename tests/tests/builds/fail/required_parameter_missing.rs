use suning_api::methods::shop::thing_modify::ThingModifyRequest;

fn main() {
    ThingModifyRequest::builder().names(["a"]).build();
}
