use suning_api::methods::selfmarket::leaguerstatus_add::{IqStatus, LeaguerstatusAddRequest};

fn main() {
    LeaguerstatusAddRequest::builder().iq_status(IqStatus::SmsSent).order_id("1000531505").build();
}
