//! The names that a generated file offers to callers, so that a snapshot shows what changes for them.

/// The public items without their documentation and bodies.
#[must_use]
pub fn surface(file: &str) -> String {
    let mut out = String::new();
    let mut lines = file.lines().filter(|line| !line.trim_start().starts_with(['/', '#']));
    while let Some(line) = lines.next() {
        let text = line.trim_start();
        if !text.starts_with("pub ") {
            continue;
        }
        let indent = line.len() - text.len();
        let mut item = text.to_owned();
        let is_whole =
            |item: &str| item.ends_with(['{', ';', '}']) || (item.ends_with(',') && !item.starts_with("pub fn"));
        while !is_whole(&item) {
            let Some(next) = lines.next() else { break };
            item = format!("{item} {}", next.trim());
        }
        let item = item.trim_end_matches(['{', '}', ' ', ',']).replace("( ", "(").replace(", )", ")");
        out += &format!("{:indent$}{item}\n", "");
        if text.starts_with("pub enum") {
            let variants = lines.by_ref().take_while(|line| *line != "}");
            variants.for_each(|variant| out += &format!("{variant}\n"));
        }
    }
    out
}
