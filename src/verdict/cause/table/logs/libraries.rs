//! Native code that does not fit the image.

use crate::diagnostic::SuggestionPart;
use crate::verdict::cause::{Cause, CauseSign};

pub const ROWS: &[Cause] = &[
    Cause {
        id: "prisma-engine-missing",
        when: &[
            CauseSign::Logged("could not locate the Query Engine for runtime"),
            CauseSign::Logged("Error loading shared library libssl*libquery_engine"),
        ],
        cause: "the image has no Prisma engine for its platform",
        cure: &[
            SuggestionPart::text(
                "add the runtime of the image to binaryTargets (Alpine with OpenSSL 3: \
                 linux-musl-openssl-3.0.x), run npx prisma generate in \
                 the Dockerfile's last stage (Alpine: apk add openssl), then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "prisma/orm#25817; hudy9x/namviek#301",
    },
    Cause {
        id: "glibc-too-old",
        when: &[CauseSign::Logged("version `GLIBC")],
        cause: "the program was built with a newer C library (glibc) than the image has",
        cure: &[
            SuggestionPart::text(
                "build on the distribution of the last stage or an older one, or link statically \
                 (musl, CGO_ENABLED=0); then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "lbjlaq/Antigravity-Manager#1686; w4/bin#60",
    },
    Cause {
        id: "glibc-program-on-alpine",
        when: &[
            CauseSign::Logged("Error loading shared library ld-linux"),
            CauseSign::Logged("Error relocating *: symbol not found"),
        ],
        cause: "a program built for glibc runs on Alpine (musl)",
        cure: &[
            SuggestionPart::text(
                "use a Debian-based image, build for musl, or apk add gcompat libstdc++; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "MatthiasLohr/docker-f5fpc#26; wez/atomicparsley#19",
    },
    Cause {
        id: "library-for-another-platform",
        when: &[
            CauseSign::Logged("invalid ELF header"),
            CauseSign::Logged("wrong ELF class"),
            CauseSign::Logged("cannot execute binary file"),
            CauseSign::Logged("[Errno 8] Exec format error"),
            CauseSign::Logged("Could not load the \"sharp\" module"),
            CauseSign::Logged("installed esbuild for another platform"),
        ],
        cause: "a binary in the image is for another platform: copied from the build machine \
                (node_modules), or downloaded for another architecture",
        cure: &[
            SuggestionPart::text(
                "add node_modules (and the like) to .dockerignore, and install inside the \
                Dockerfile for the task's architecture; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "kelektiv/node.bcrypt.js#824; execve(2), ENOEXEC; dlopen(3); lovell/sharp, \
                documentation (Cross-platform); evanw/esbuild, install.ts",
    },
    Cause {
        id: "node-addon-version",
        when: &[CauseSign::Logged("NODE_MODULE_VERSION")],
        cause: "a native Node.js module was built for another version of Node.js",
        cure: &[
            SuggestionPart::text("run npm ci (npm rebuild) in the same image as the one that runs; then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "Node.js documentation, Node.js versions and ABI (NODE_MODULE_VERSION)",
    },
    Cause {
        id: "numpy-version",
        when: &[
            CauseSign::Logged("compiled using NumPy 1.x cannot be run in"),
            CauseSign::Logged("numpy.dtype size changed"),
        ],
        cause: "a package was built for another NumPy than the one that is installed",
        cure: &[
            SuggestionPart::text("pin both in requirements.txt (numpy<2 for older packages); then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "NumPy documentation, NumPy 2.0 migration guide",
    },
    Cause {
        id: "shared-library-missing",
        when: &[
            CauseSign::Logged("Error loading shared library"),
            CauseSign::Logged("error while loading shared libraries"),
            CauseSign::Logged(": relocation error: "),
            CauseSign::Logged("cannot open shared object file"),
            CauseSign::Logged("undefined symbol: "),
            CauseSign::Logged("java.lang.UnsatisfiedLinkError"),
            CauseSign::Logged("Unable to load shared library '"),
        ],
        cause: "the image lacks a library that the program is linked against, or has another \
                version of it",
        cure: &[
            SuggestionPart::text(
                "install its package in the Dockerfile's last stage (libstdc++.so.6 on Alpine: apk \
                 add libstdc++), or build on the same distribution; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "wez/atomicparsley#19; Unleash/unleash-edge#509; \
                BonnierNews/logstash_exporter#8; ld.so(8); Java and .NET documentation",
    },
    Cause {
        id: "dotnet-icu-missing",
        when: &[CauseSign::Logged("find a valid ICU package")],
        cause: "the image lacks libicu, which .NET needs for languages and cultures",
        cure: &[
            SuggestionPart::text(
                "install it (apk add icu-libs, apt-get install libicu-dev), or set \
                 DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 in environment; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "dotnet/core#5019; Webreaper/SolisAgileManager#115",
    },
    Cause {
        id: "instruction-illegal-told",
        when: &[
            CauseSign::Logged("Illegal instruction"),
            CauseSign::Logged("crashed by signal: 4,"),
            CauseSign::Logged("SIGILL"),
        ],
        cause: "the processor does not know an instruction of the program, which was built \
                for a newer one",
        cure: &[
            SuggestionPart::text(
                "build for a common processor (-march=x86-64-v2 or less), or use the baseline \
                variant of the image; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "oven-sh/bun#17621; valkey-io/valkey-bundle#36",
    },
    Cause {
        id: "bun-crashed",
        when: &[
            CauseSign::Logged("oh no: Bun has crashed"),
            CauseSign::Logged("panic(main thread): "),
        ],
        cause: "Bun itself crashed: a fault of this version, or a processor or kernel that it \
                does not fit",
        cure: &[
            SuggestionPart::text("use another version in the Dockerfile (FROM oven/bun:VERSION); then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "oven-sh/bun#17621; oven-sh/bun#24905",
    },
    Cause {
        id: "go-nil-pointer",
        when: &[
            CauseSign::Logged("[signal SIGSEGV: segmentation violation"),
            CauseSign::Logged("panic: runtime error: invalid memory address or nil pointer"),
        ],
        cause: "the Go program used a nil pointer",
        cure: &[
            SuggestionPart::command("logs", "SERVICE --previous"),
            SuggestionPart::text(" shows the goroutine's stack with the source line"),
        ],
        source: "Receipt-Wrangler/receipt-wrangler#198",
    },
    // Last: programs that run well also print these, about telemetry agents for example.
    Cause {
        id: "dotnet-without-temporary-files",
        when: &[CauseSign::Logged("Failed to create CoreCLR, HRESULT: 0x80004005")],
        cause: ".NET can't write its temporary files: readonlyRootFilesystem is on, and /tmp \
                is no volume",
        cure: &[
            SuggestionPart::text("set DOTNET_EnableDiagnostics=0, or mount a volume at /tmp; then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "aws/amazon-ecs-agent#3299; .NET documentation, Runtime configuration \
                (DOTNET_EnableDiagnostics)",
    },
    Cause {
        id: "dotnet-without-memory",
        when: &[
            CauseSign::Logged("Failed to create CoreCLR, HRESULT: 0x80070008"),
            CauseSign::Logged("Failed to create CoreCLR, HRESULT: 0x8007000E"),
        ],
        cause: "the .NET runtime gets neither memory nor threads: the container has too little, \
                or the instance's Docker is too old for the image",
        cure: &[
            SuggestionPart::text(
                "raise memory; on EC2 use a newer ECS-optimized AMI (a newer Docker); then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "dotnet/dotnet-docker#5219; Win32 error codes, ERROR_NOT_ENOUGH_MEMORY and \
                E_OUTOFMEMORY",
    },
    Cause {
        id: "openssl-algorithm-retired",
        when: &[
            CauseSign::Logged("digital envelope routines::unsupported"),
            CauseSign::Logged("ERR_OSSL_EVP_UNSUPPORTED"),
        ],
        cause: "the program uses an algorithm that OpenSSL 3 (Node.js 17 and later) has \
                switched off, as old webpack versions do",
        cure: &[
            SuggestionPart::text(
                "update the package that uses it; until then set \
                NODE_OPTIONS=--openssl-legacy-provider in environment; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "latentcat/qrbtf#60; Node.js 17 release notes",
    },
    Cause {
        id: "browser-missing",
        when: &[
            CauseSign::Logged("Could not find Chrome"),
            CauseSign::Logged("Executable doesn't exist at"),
            CauseSign::Logged("Failed to launch the browser process"),
        ],
        cause: "the browser that the program drives is not in the image, or libraries or \
                rights for it are missing",
        cure: &[
            SuggestionPart::text(
                "use the tool's own image (mcr.microsoft.com/playwright, \
                ghcr.io/puppeteer/puppeteer), or install the browser in the Dockerfile's last \
                stage as the same user; start it with --no-sandbox; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "puppeteer/puppeteer#8045; Puppeteer documentation, Troubleshooting; \
                Playwright documentation, Docker",
    },
    Cause {
        id: "dotnet-null-reference",
        when: &[CauseSign::Logged(
            "Unhandled exception*System.NullReferenceException",
        )],
        cause: "the .NET program used a reference that is null, which nothing handles: mostly a \
                setting or a service that is not there",
        cure: &[
            SuggestionPart::command("logs", "SERVICE --previous"),
            SuggestionPart::text(
                " shows the place in the lines after this one; then correct the code or the \
                setting, and ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "microsoft/Oryx#358; aspnet/aspnet-docker#263; .NET documentation, \
                NullReferenceException",
    },
    Cause {
        id: "native-code-crashed",
        when: &[
            CauseSign::Logged("Segmentation fault"),
            CauseSign::Logged("SIGSEGV (0xb)"),
            CauseSign::Logged("signal SIGSEGV"),
            CauseSign::Logged("detected by the Java Runtime Environment"),
            CauseSign::Logged("Bus error (core dumped)"),
            CauseSign::Logged("terminate called after throwing"),
            CauseSign::Logged("double free or corruption"),
            CauseSign::Logged("Assertion `* failed"),
            CauseSign::Logged("stack smashing detected"),
            CauseSign::Logged("signal arrived during cgo"),
            CauseSign::Logged("Aborted *(core dumped)"),
            CauseSign::Logged("ERR! Exit status 139"),
            CauseSign::Logged("failed with exit code 139"),
            CauseSign::Logged("exited on signal 11"),
            CauseSign::Logged("killed by signal 11"),
            CauseSign::Logged("terminated by SIGSEGV"),
            CauseSign::Logged("crashed by signal: 11,"),
        ],
        cause: "native code crashed: a fault of the program or of a package with native code, \
                often one that was built for glibc on an Alpine image (musl), or for another \
                version or processor",
        cure: &[
            SuggestionPart::text(
                "use the Debian variant of the image (-slim) instead of -alpine, or rebuild \
                native packages inside the image; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "rolftimmermans/zeromq-ng#26; webtorrent/webtorrent#2327; \
                ethereumjs/ethereumjs-monorepo#994; signal(7), SIGSEGV; \
                expressjs/express#3287; microsoft/Oryx#358; parse-community/parse-server#4654; openresty/openresty#516; laravel/sail#298",
    },
];
