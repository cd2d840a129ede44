"""Files and replies made to cost much: each is answered within a second and 100 MB, whatever the answer is."""

import http.server
import json
import threading

SECONDS, PEAK = 1, 100
# The least time of three runs counts, as in `program.py`.
RUNS = 3
# The most bytes of a reply of AWS (`src/aws/bounded_replies.rs`).
REPLY = 8 << 20

HEAD = 'account: "123456789012"\nregion: us-east-1\ncluster: hostile\n'
IMAGE = "images: {web: {repository: bench/web, build: .}}\nservices: {}\n"


def hostile(bench):
    judged(bench, "deploy.yaml", deploy_files(), render)
    judged(bench, "task definition", task_definitions(), render_based)
    judged(bench, "dotenv file", dotenv_files(), dotenv)
    judged(bench, ".dockerignore, 20,000 files", ignore_files(), ignore)
    with Daemon() as daemon:
        judged(bench, "Dockerfile", dockerfiles(), lambda bench, folder, case, code: build(
            bench, folder, daemon, case, code))
    with Aws() as aws:
        judged(bench, "reply of ECS", replies(), lambda bench, folder, case, code: look(bench, folder, aws, case, code))


def judged(bench, kind, cases, run):
    """One row for the slowest of these cases, and one for the largest."""
    slowest, largest = (0.0, ""), (0.0, "")
    for number, (name, (case, code)) in enumerate(cases.items()):
        folder = bench.folder / f"hostile-{kind.replace(' ', '-').replace(',', '')}-{number}"
        folder.mkdir()
        runs = [run(bench, folder, case, code) for _ in range(RUNS)]
        slowest = max(slowest, (min(seconds for seconds, _, _ in runs), name))
        largest = max(largest, (max(peak for _, peak, _ in runs), name))
    bench.row(f"hostile {kind}: the slowest of {len(cases)}", slowest[0], "s", SECONDS)
    bench.note(slowest[1])
    bench.row(f"hostile {kind}: the largest resident set", largest[0], "MB", PEAK)
    bench.note(largest[1])


def written(folder, files):
    for name, text in files.items():
        (folder / name).write_text(text)


def service(word):
    return f"""services:
  web:
    taskDefinition: {{cpu: 256, memory: 512, containerDefinitions: {{web: {{image: nginx, command: ["{word}"]}}}}}}
    networkConfiguration: {{awsvpcConfiguration: {{subnets: [subnet-1]}}}}
"""


def variables(count, value):
    return "vars:\n" + "".join(f"  v{at}: {value(at)}\n" for at in range(count))


def deploy_files():
    plain = service("a")
    return {
        "variables that double": (variables(27, lambda at: "x" * 16 if at == 0 else
                                            '"' + f"${{vars.v{at - 1}}}" * 2 + '"') + plain, 2),
        "lists that triple": (variables(30, lambda at: "[1]" if at == 0 else
                                        "[" + ", ".join([f'"${{vars.v{at - 1}}}"'] * 3) + "]") + plain, 2),
        "a long variable, 5,000 times": (variables(1, lambda _: "x" * 100_000) + service("${vars.v0}" * 5_000), 2),
        "a long anchor with 199 aliases": (f'x-a: &a "{"x" * 500_000}"\nx-b: [{"*a, " * 198}*a]\n' + plain, 2),
        "nested anchors": (f'x-a: {"&a [" * 50}"{"x" * 500_000}"{"]" * 50}\n' + plain, 2),
        "a circle of 3,000 variables": (variables(3_000, lambda at: f'"${{vars.v{(at + 1) % 3_000}}}"') + plain, 2),
        "a chain of 3,000 variables": (variables(3_000, lambda at: "x" if at == 0 else f'"${{vars.v{at - 1}}}"')
                                       + service("${vars.v2999}"), 0),
        "nested defaults": (service("${env.NONE:-" * 50_000 + "x" + "}" * 50_000), 2),
        "deep nesting": ("x: " + "[" * 500_000 + "]" * 500_000 + "\n", 2),
        "5,000 bad references": (service("${x}" * 5_000), 2),
        "1 MB of bad references": (service("${x}" * 250_000), 2),
        "60,000 unknown variables": (variables(9_000, lambda _: "1")
                                     + service("".join(f"${{vars.w{at}}}" for at in range(60_000))), 2),
        "9,900 unknown keys": ("".join(f"k{at}{'x' * 90}: 1\n" for at in range(9_900)) + plain, 2),
        "9,900 duplicate keys": ("x-a:\n" + "  a: 1\n" * 9_900 + plain, 2),
        "250,000 documents": ("---\n" * 250_000, 2),
        "1 MB of line breaks": ("\n" * 1_040_000, 2),
    }


def render(bench, folder, text, code):
    written(folder, {"deploy.yaml": text if text.startswith(("x: ", "---", "\n")) else HEAD + text})
    return bench.measure([bench.binary, "render"], folder, ends_with=code)


def task_definitions():
    def definition(**members):
        return json.dumps({"family": "web", "containerDefinitions": [{"name": "web", "image": "nginx", **members}]})

    return {
        "500,000 numbers": ('{"family": "web", "x": [' + "0," * 510_000 + "0]}", 2),
        "340,000 empty containers": ('{"containerDefinitions": [' + "{}," * 340_000 + "{}]}", 2),
        "deep nesting": ("[" * 1_000_000, 2),
        "28,000 variables": (definition(environment=[{"name": f"n{at}", "value": "v"} for at in range(28_000)]), 2),
        "70,000 duplicate keys": ("{" + '"family": "web",' * 60_000 + '"cpu": "256"}', 2),
        "1 MB of bad references": (definition(command=["${x}" * 240_000]), 2),
    }


def render_based(bench, folder, text, code):
    file = HEAD + "services: {web: {taskDefinition: {base: task.json, cpu: 256}}}\n"
    written(folder, {"deploy.yaml": file, "task.json": text})
    return bench.measure([bench.binary, "render"], folder, ends_with=code)


def dotenv_files():
    return {
        "110,000 variables": ("".join(f"V{at}=1\n" for at in range(110_000)), 2),
        "38,000 secrets": ("".join(f"PASSWORD_{at}=s3cr3t-{at}\n" for at in range(38_000)), 2),
        "500,000 bad lines": ("?\n" * 500_000, 2),
        "250,000 open quotes": ('A="\n' * 249_999, 2),
    }


def dotenv(bench, folder, text, code):
    """As `envFile` of four containers, and as `--env-file`; the slower one counts."""
    container = "{image: nginx, envFile: .env}"
    containers = ", ".join(f"c{at}: {container}" for at in range(4))
    plain = HEAD + service("${x}")
    named = plain.replace("{web: {image", f"{{{containers}, web: {{image")
    found = []
    for file, flags in ((named, []), (plain, ["--env-file", ".env"])):
        written(folder, {"deploy.yaml": file, ".env": text})
        found.append(bench.measure([bench.binary, *flags, "render"], folder, ends_with=code))
    return max(it[0] for it in found), max(it[1] for it in found), ""


def ignore_files():
    kinds = ("build/output-{}.o", "**/name-{}", "*.ext{}", "src/*/{}-?.rs", "!src/keep-{}")
    return {
        "of every kind": ("\n".join(kinds[at % len(kinds)].format(at) for at in range(20_000)), 0),
        "20,000 exceptions": ("\n".join(f"!**/a*b*c*{at}" for at in range(20_000)), 0),
        "20,000 classes": ("\n".join(f"[!a-z]*[^b]{at}*" for at in range(20_000)), 0),
        "50,001 patterns": ("x\n" * 50_001, 4),
        "one pattern of 1 MB": ("*a" * 500_000, 4),
    }


def ignore(bench, folder, text, code):
    if not (folder / "Dockerfile").exists():
        written(folder, {"deploy.yaml": HEAD + IMAGE, "Dockerfile": "FROM scratch\n", ".dockerignore": text})
        for number in range(100):
            inner = folder / f"src/{number}"
            inner.mkdir(parents=True)
            for file in range(200):
                (inner / f"file-{file}.txt").touch()
    return bench.measure([bench.binary, "build", "--list-context"], folder, ends_with=code)


def dockerfiles():
    """Each with what the daemon says of it."""
    parse = "dockerfile parse error line {}: unknown instruction: B".format
    lost = "COPY failed: file not found in build context or excluded by .dockerignore: stat f9: file does not exist"
    many = 300_000
    return {
        "1 MB of ARG": (("FROM scratch\n" + "".join(f"ARG A{at}=1\n" for at in range(80_000)), parse(80_000)), 4),
        "1 MB of ENV": (("FROM scratch\n" + "ENV A=${A}\n" * 90_000, parse(9)), 4),
        "100,000 stages": (("".join(f"FROM s{at - 1} AS s{at}\n" for at in range(100_000)), parse(100_000)), 4),
        "300,000 here-documents": (("RUN " + "<<A " * many + "\n" + "A\n" * many + "B\n", parse(many + 2)), 4),
        "70,000 COPY": (("FROM scratch\n" + "".join(f"COPY f{at} /\n" for at in range(70_000)), lost), 4),
        "5 MB": (("#" * (5 << 20), "too large"), 4),
        "an error of 7 MB": (("FROM scratch\n", "y\n" * 2_300_000), 4),
    }


def build(bench, folder, daemon, case, code):
    text, daemon.said = case
    written(folder, {"deploy.yaml": HEAD + IMAGE, "Dockerfile": text, ".dockerignore": "f*\n"})
    env = dict(bench.env, DOCKER_HOST=f"tcp://127.0.0.1:{daemon.port}", DOCKER_BUILDKIT="0")
    return bench.measure([bench.binary, "build"], folder, env, ends_with=code)


def replies():
    """Each with the operation that it is the reply of, and the verb that asks."""
    def many(element):
        return ",".join([element] * ((REPLY - 4_000) // (len(element) + 1)))

    arn = "arn:aws:ecs:us-east-1:123456789012"
    web = (f'{{"serviceArn": "{arn}:service/hostile/web", "serviceName": "web", "status": "ACTIVE", '
           f'"clusterArn": "{arn}:cluster/hostile", "taskDefinition": "{arn}:task-definition/web:1", %s}}')
    cases = {}
    for name, verb, operation, body in (
        ("services", "status", "DescribeServices", '{"services": [%s]}' % many("{}")),
        ("deployments", "status", "DescribeServices", '{"services": [%s]}' % web % f'"deployments": [{many("{}")}]'),
        ("events", "events", "DescribeServices", '{"services": [%s]}' % web % f'"events": [{many("{}")}]'),
        ("subnets", "status", "DescribeServices", '{"services": [%s]}' % web %
         f'"networkConfiguration": {{"awsvpcConfiguration": {{"subnets": [{many(chr(34) * 2)}]}}}}'),
        ("tasks", "tasks", "ListTasks", '{"taskArns": [%s]}' % many('""')),
        ("past deployments", "history", "ListServiceDeployments", '{"serviceDeployments": [%s]}' % many("{}")),
        ("nesting", "status", "DescribeServices", '{"x": ' + "[" * (REPLY - 100)),
        ("text", "status", "DescribeServices", "x" * REPLY),
    ):
        # `history` goes on without the past deployments, and says so.
        code = 0 if verb == "history" else 3
        cases[f"8 MB of {name}"] = ((verb, operation, body, web % '"events": []'), code)
    return cases


def look(bench, folder, aws, case, code):
    verb, aws.operation, aws.body, aws.web = case
    env = dict(bench.env, AWS_ENDPOINT_URL=f"http://127.0.0.1:{aws.port}")
    return bench.measure([bench.binary, "--cluster", "hostile", verb, "web"], folder, env, ends_with=code)


class Scripted(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def read(self):
        if self.headers.get("transfer-encoding") != "chunked":
            self.rfile.read(int(self.headers.get("content-length", 0)))
            return
        while size := int(self.rfile.readline(), 16):
            self.rfile.read(size + 2)
        self.rfile.readline()

    def reply(self, status, text):
        body = text.encode()
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("api-version", "1.41")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)


class Listening:
    """A server of these handlers, which see it as `self.server.of`."""

    handler = Scripted

    def __enter__(self):
        self.http = http.server.ThreadingHTTPServer(("127.0.0.1", 0), self.handler)
        self.http.daemon_threads, self.http.of = True, self
        self.http.handle_error = lambda *_: None  # a client that has read enough
        self.port = self.http.server_address[1]
        threading.Thread(target=self.http.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.http.shutdown()
        self.http.server_close()


class Daemon(Listening):
    """A Docker daemon of the classic builder that refuses every build with `said`."""

    class handler(Scripted):
        def do_GET(self):
            version = {"Version": "20.10.0", "ApiVersion": "1.41", "MinAPIVersion": "1.12", "Os": "linux"}
            self.reply(200, json.dumps(version | {"Arch": "amd64", "OSType": "linux", "Architecture": "x86_64"}))

        do_HEAD = do_GET

        def do_POST(self):
            self.read()
            self.reply(400, json.dumps({"message": self.server.of.said}))


class Aws(Listening):
    """An ECS that answers one operation with `body`, describes the service `web`, and knows nothing else."""

    class handler(Scripted):
        def do_POST(self):
            self.read()
            of, operation = self.server.of, self.headers.get("x-amz-target", "").split(".")[-1]
            usual = '{"services": [%s]}' % of.web if operation == "DescribeServices" else "{}"
            self.reply(200, of.body if operation == of.operation else usual)
