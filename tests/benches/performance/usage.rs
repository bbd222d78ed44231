//! What a command uses. Another process runs it, because the system adds up all commands of a process.

use std::process::Command;
use std::time::Duration;

use tests::measure::children;

/// The argument that makes this program run a command.
pub(crate) const ARGUMENT: &str = "usage";

/// The processor time of a command, and its peak memory in bytes.
pub(crate) fn usage(command: &mut Command) -> (Duration, u64) {
    let mut outer = Command::new(std::env::current_exe().expect("this program"));
    outer.arg(ARGUMENT).arg(command.get_program()).args(command.get_args());
    for (name, value) in command.get_envs() {
        value.map(|value| outer.env(name, value));
    }
    if let Some(folder) = command.get_current_dir() {
        outer.current_dir(folder);
    }
    let output = outer.output().expect("this program runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let mut numbers =
        text.lines().last().unwrap_or_default().split(' ').map(|number| number.parse().expect("a number"));
    let mut next = || numbers.next().expect("two numbers");
    (Duration::from_micros(next()), next())
}

/// Runs a command and prints what it used.
pub(crate) fn run(command: &[String]) {
    let status = Command::new(&command[0]).args(&command[1..]).status().expect("a command");
    assert!(status.success(), "{command:?} failed");
    let (time, memory) = children();
    println!("{} {memory}", time.as_micros());
}
