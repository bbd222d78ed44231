use suning_api::methods::custom::virtualorder_resend::VirtualorderResendErrorCode;

fn shown(code: VirtualorderResendErrorCode) -> &'static str {
    match code {
        VirtualorderResendErrorCode::MissingParameter { .. } => "missing",
        VirtualorderResendErrorCode::FormatError { .. } => "format",
        VirtualorderResendErrorCode::ServiceUnavailable => "unavailable",
        VirtualorderResendErrorCode::OrderNotFound => "not found",
        VirtualorderResendErrorCode::Common(_) => "common",
        VirtualorderResendErrorCode::Other(_) => "other",
    }
}

fn main() {
    shown(VirtualorderResendErrorCode::OrderNotFound);
}
