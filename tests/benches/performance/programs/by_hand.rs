use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use md5::{Digest as _, Md5};
use serde_json::{Value, json};

async fn call(client: &reqwest::Client, method: &str, node: &str, parameters: Value) -> Result<Value, Box<dyn std::error::Error>> {
    let (key, secret) = (std::env::var("SUNING_APP_KEY")?, std::env::var("SUNING_APP_SECRET")?);
    let body = serde_json::to_vec(&json!({"sn_request": {"sn_body": {node: parameters}}}))?;
    let time = chrono::DateTime::<chrono::Utc>::from(std::time::SystemTime::now()) + chrono::TimeDelta::hours(8);
    let time = time.format("%Y-%m-%d %H:%M:%S").to_string();
    let signed = format!("{secret}{method}{time}{key}v1.2{}", STANDARD.encode(&body));
    let signature: String = Md5::digest(signed).iter().map(|byte| format!("{byte:02x}")).collect();
    let request = client
        .post(format!("https://open.suning.com/api/http/sopRequest/{method}"))
        .header("AppMethod", method)
        .header("AppRequestTime", &time)
        .header("AppKey", &key)
        .header("signInfo", signature)
        .header("VersionNo", "v1.2")
        .header("Format", "json")
        .body(body);
    let reply: Value = serde_json::from_slice(&request.send().await?.bytes().await?)?;
    let content = &reply["sn_responseContent"];
    match content["sn_error"]["error_code"].as_str() {
        Some(code) => Err(code.into()),
        None => Ok(content["sn_body"][node].clone()),
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    rustls::crypto::ring::default_provider().install_default().map_err(|_| "a provider")?;
    let client = reqwest::Client::new();
    let order = call(&client, "suning.custom.virtual.get", "getVirtual", json!({"orderItemCode": "1"})).await?;
    println!("{:?}", order["orderCode"]);
    let resent = call(&client, "suning.custom.virtualorder.resend", "resendVirtualorder", json!({"orderCode": "1"})).await?;
    println!("{:?}", resent["orderCode"]);
    let left = call(&client, "suning.custom.ordercountdown.query", "queryOrdercountdown", json!({"orderCode": "1"})).await?;
    println!("{:?}", left["orderCode"]);
    let query = json!({"startTime": "2026-01-01 00:00:00", "endTime": "2026-01-08 00:00:00", "pageNo": "1", "pageSize": "50"});
    for row in call(&client, "suning.custom.batchrejected.query", "batchQueryRejected", query).await?.as_array().into_iter().flatten() {
        println!("{:?} {:?}", row["orderCode"], row["returnMoney"]);
    }
    let cards = json!({"iqStatus": "180", "orderId": "1", "orderItemId": "2", "cardList": [{"cardCode": "1", "cardSec": "2"}]});
    let receipt = call(&client, "suning.selfmarket.leaguerstatus.add", "addLeaguerstatus", cards).await?;
    println!("{:?}", receipt["orderId"]);
    Ok(())
}
