use suning_api::custom::virtual_get::VirtualGetRequest;

fn main() {
    VirtualGetRequest::builder().build();
}
