use suning_api::methods::selfmarket::leaguerstatus_add::LeaguerstatusAddRequest;

fn main() {
    LeaguerstatusAddRequest::builder().iq_status("180");
}
