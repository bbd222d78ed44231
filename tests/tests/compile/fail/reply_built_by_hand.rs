use suning_api::methods::custom::virtual_get::VirtualGetResponse;

fn main() {
    let _ = VirtualGetResponse { sum: None };
}
