use suning_api::methods::shop::thing_modify::State;

fn shown(state: State) -> &'static str {
    match state {
        State::Good => "good",
        State::Bad => "bad",
        State::Other(_) => "other",
    }
}

fn main() {
    shown(State::Good);
}
