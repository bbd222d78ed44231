use suning_api::methods::shop::thing_modify::ThingModifyRequest;

fn main() {
    ThingModifyRequest::builder().state("1");
}
