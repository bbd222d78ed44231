use suning_api::Client;

async fn call(client: Client) {
    client.custom().virtualorder_resend().send().await.ok();
}

fn main() {
    let _ = call;
}
