use suning_api::methods::shop::thing_modify::ThingModifyRequest;

fn main() {
    let _ = ThingModifyRequest::builder().thing_code("1").send();
}
