use suning_api::methods::shop::thing_modify::Line;

fn main() {
    Line::builder().password("x").build();
}
