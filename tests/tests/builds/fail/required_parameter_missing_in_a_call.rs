use suning_api::Client;

async fn call(client: Client) {
    client.shop().thing_modify().names(["a"]).send().await.ok();
}

fn main() {
    let _ = call;
}
