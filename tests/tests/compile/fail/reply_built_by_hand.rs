use suning_api::custom::virtual_get::VirtualGetResponse;

fn main() {
    let _ = VirtualGetResponse { sum: None };
}
