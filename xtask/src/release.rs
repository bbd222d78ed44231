//! `cargo xtask release`

use std::error::Error;
use std::fs;
use std::path::Path;

use codegen::diff::{Report, Step, diff};
use codegen::{Checks, compile, files, git};

use crate::{Verdict, cargo};

/// The version of the whole workspace.
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// What callers can name apart from the methods, of which `cargo xtask diff` knows.
const PUBLIC_API: &str = "docs/public-api.txt";

/// Largest package that the registry takes, in bytes.
const LARGEST: u64 = 10 << 20;

/// What only people can do, in this order.
const TO_DO: &[&str] = &[
    "`bash .ci/run` passes on a clean clone, and the CI of the last commit is green",
    "`cargo run --example orders --features custom` reads the orders of a real shop; set SUNING_APP_KEY and SUNING_APP_SECRET",
    "the changelog says in words what callers have to do for each breaking change",
    concat!("git tag --annotate v", env!("CARGO_PKG_VERSION"), " && git push --tags"),
    "cargo publish --package suning-api",
];

/// A check of the list: what holds if it passes, and the outcome with a remark.
type Check = (&'static str, fn(&Path) -> Result<String, Box<dyn Error>>);

const CHECKS: &[Check] = &[
    ("everything is committed", committed),
    ("the changelog describes this version", changelog),
    ("the version is a large enough step from the last release", step),
    ("the package builds on its own and is small enough", package),
];

pub(crate) fn run(root: &Path) -> Verdict {
    println!("Release of suning-api {VERSION}\n");
    let mut verdict = Verdict::Passed;
    for (what, check) in CHECKS {
        match check(root) {
            Ok(remark) => println!("ok      {what}: {remark}"),
            Err(reason) => {
                println!("FAILED  {what}: {reason}");
                verdict = Verdict::Failed;
            }
        }
    }
    TO_DO.iter().for_each(|what| println!("to do   {what}"));
    verdict
}

fn committed(root: &Path) -> Result<String, Box<dyn Error>> {
    if git::is_clean(root)? {
        Ok("no changes".to_owned())
    } else {
        Err("commit or remove what `git status` shows".into())
    }
}

fn changelog(root: &Path) -> Result<String, Box<dyn Error>> {
    let text = fs::read_to_string(root.join("CHANGELOG.md"))?;
    let heading = format!("## [{VERSION}] - ");
    let Some((unreleased, _)) = text.split_once(&heading) else {
        return Err(format!("add the heading `{heading}<date>` below `## [Unreleased]`").into());
    };
    let left = unreleased.lines().skip_while(|line| *line != "## [Unreleased]").skip(1).any(|line| !line.is_empty());
    if left { Err(format!("move what is above `{heading}…` below it").into()) } else { Ok(heading + "…") }
}

fn step(root: &Path) -> Result<String, Box<dyn Error>> {
    let Ok(tag) = git::last_release(root) else { return Ok("it is the first".to_owned()) };
    let last = tag.trim_start_matches('v');
    let revision = git::revision(root, &tag)?;
    let [old, new] = [git::file(root, &revision, PUBLIC_API)?, fs::read_to_string(root.join(PUBLIC_API))?];
    let is_in = |line: &str, listing: &str| listing.lines().any(|known| known == line);
    let by_hand = match (old.lines().find(|line| !is_in(line, &new)), new.lines().find(|line| !is_in(line, &old))) {
        (Some(gone), _) => (Step::Major, format!("`{gone}` is gone from {PUBLIC_API}")),
        (None, Some(added)) => (Step::Minor, format!("`{added}` is new in {PUBLIC_API}")),
        (None, None) => (Step::Patch, format!("{PUBLIC_API} is the same")),
    };
    let old = compile(&git::read_spec(root, &revision)?, Checks::Shape)?;
    let new = compile(&files::read_spec(root)?, Checks::All)?;
    let of_spec = Report { base: tag.clone(), changes: diff(&old, &new) }.step().unwrap_or(Step::Patch);
    let (needed, why) = by_hand.max((of_spec, format!("`cargo xtask diff --base {tag}` shows what the spec needs")));
    let [from, to] = [numbers(last)?, numbers(VERSION)?];
    // Before 1.0, the second number is that of breaking changes.
    let taken = match (from, to) {
        (from, to) if to <= from => return Err(format!("{last} is released; raise `version` in Cargo.toml").into()),
        ([0, from, _], [0, to, _]) if to == from => Step::Minor,
        ([from, ..], [to, ..]) if from != to || from == 0 => Step::Major,
        ([_, from, _], [_, to, _]) if from != to => Step::Minor,
        _ => Step::Patch,
    };
    if taken < needed {
        return Err(format!("{VERSION} is too small a step from {last}: {why}").into());
    }
    Ok(format!("from {last}: {why}"))
}

/// The numbers of a version.
fn numbers(version: &str) -> Result<[u64; 3], Box<dyn Error>> {
    let numbers = version.split('.').map(str::parse).collect::<Result<Vec<u64>, _>>();
    let numbers = numbers.ok().and_then(|numbers| numbers.try_into().ok());
    numbers.ok_or_else(|| format!("`{version}` is no version such as 1.2.3").into())
}

/// Builds the package from itself alone.
pub(crate) fn package(root: &Path) -> Result<String, Box<dyn Error>> {
    let output = cargo(root).args(["package", "--quiet", "--package", "suning-api", "--allow-dirty"]).output()?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned().into());
    }
    let built = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), |folder| root.join(folder));
    let size = fs::metadata(built.join(format!("package/suning-api-{VERSION}.crate")))?.len();
    if size > LARGEST {
        return Err(
            format!("{size} bytes, which is more than {LARGEST}; exclude files in suning-api/Cargo.toml").into()
        );
    }
    Ok(format!("{} KiB of at most {}", size.div_ceil(1024), LARGEST / 1024))
}
