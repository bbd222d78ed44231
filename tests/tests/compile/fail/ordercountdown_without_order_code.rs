use suning_api::methods::custom::ordercountdown_query::{CountDown, OrdercountdownQueryRequest};

fn main() {
    let product = CountDown::builder().product_code("100151521").build();
    OrdercountdownQueryRequest::builder().count_down([product]).build();
}
