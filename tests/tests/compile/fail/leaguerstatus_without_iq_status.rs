use suning_api::methods::selfmarket::leaguerstatus_add::LeaguerstatusAddRequest;

fn main() {
    LeaguerstatusAddRequest::builder().order_id("1000531505").order_item_id("00000208117601").build();
}
