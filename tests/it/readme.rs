//! The README's deploy.yaml, and its error, are what the program makes of them.

use crate::support::cli::filtered;
use crate::support::readme::{example, holds};
use crate::support::{Ecsctl, Scenario, Scripted};

#[test]
fn its_file_is_good_and_short() {
    let file = example("deploy.yaml");
    assert!(file.lines().count() <= 12, "twelve lines were promised");
    let server = Scripted::start(Scenario::parse("clusters: [production]"));
    Ecsctl::on(&server, &["render"])
        .file(&file)
        .write("Dockerfile", "FROM scratch\n")
        .run()
        .exits(0);
    Ecsctl::on(&server, &["plan", "--no-build", "--exit-code"])
        .file(&file)
        .write("Dockerfile", "FROM scratch\n")
        .run()
        .exits(8);
}

#[test]
fn its_error_is_what_is_said() {
    let file = example("deploy.yaml").replace("portMappings", "portMapping");
    let output = Ecsctl::new(&["plan"]).file(&file).run().exits(2);
    let said = format!("$ ecsctl plan\n{}", output.stderr);
    holds("error", &said, |text| filtered(text, output.folder()));
}
