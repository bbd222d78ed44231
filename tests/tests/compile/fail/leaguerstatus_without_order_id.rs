use suning_api::methods::selfmarket::leaguerstatus_add::{IqStatus, LeaguerstatusAddRequest};

fn main() {
    LeaguerstatusAddRequest::builder().iq_status(IqStatus::SmsSent).order_item_id("00000208117601").build();
}
