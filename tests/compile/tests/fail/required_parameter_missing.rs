use suning_api::methods::custom::virtual_get::VirtualGetRequest;

fn main() {
    VirtualGetRequest::builder().build();
}
