use suning_api::methods::selfmarket::leaguerstatus_add::IqStatus;

fn shown(status: IqStatus) -> &'static str {
    match status {
        IqStatus::SmsSent => "sent",
        IqStatus::CardActivated => "activated",
        IqStatus::GiftGranted => "granted",
        IqStatus::TopUpFailed => "failed",
        IqStatus::Other(_) => "other",
    }
}

fn main() {
    shown(IqStatus::SmsSent);
}
