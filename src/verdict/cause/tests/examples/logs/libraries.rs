//! Examples of the causes in `table/logs/libraries.rs`.

use crate::verdict::cause::FailureFacts;
use crate::verdict::cause::tests::example::logged;

pub const EXAMPLES: &[(&str, &[FailureFacts<'static>])] = &[
    (
        "prisma-engine-missing",
        &[
            logged(
                1,
                &[
                    "PrismaClientInitializationError: Prisma Client could not locate the Query Engine for \
             runtime \"linux-musl-arm64-openssl-1.1.x\".",
                ],
            ),
            logged(
                1,
                &[
                    "Details: Error loading shared library libssl.so.1.1: No such file or directory (needed by /app/node_modules/.prisma/client/libquery_engine-linux-musl.so.node)",
                ],
            ),
        ],
    ),
    (
        "glibc-too-old",
        &[logged(
            1,
            &[
                "/pastebin: /lib/x86_64-linux-gnu/libc.so.6: version `GLIBC_2.34' not found (required \
             by /pastebin)",
            ],
        )],
    ),
    (
        "glibc-program-on-alpine",
        &[
            logged(
                1,
                &[
                    "Error loading shared library ld-linux-x86-64.so.2: No such file or directory (needed \
             by /usr/local/bin/f5fpc)",
                ],
            ),
            logged(
                1,
                &["Error relocating ./AtomicParsley: __cxa_guard_release: symbol not found"],
            ),
        ],
    ),
    (
        "shared-library-missing",
        &[
            logged(
                1,
                &[
                    "java.lang.UnsatisfiedLinkError: /usr/lib/jvm/lib/libfontmanager.so: libfreetype.so.6: cannot open",
                ],
            ),
            logged(
                1,
                &[
                    "System.DllNotFoundException: Unable to load shared library 'libgdiplus' or one of its dependencies.",
                ],
            ),
            logged(
                1,
                &["ImportError: libGL.so.1: cannot open shared object file: No such file or directory"],
            ),
            logged(
                1,
                &[
                    "ImportError: /usr/lib/python3/dist-packages/_cffi.so: undefined symbol: ffi_type_uint32, version LIBFFI_BASE_7.0",
                ],
            ),
            logged(
                1,
                &[
                    "/logstash_exporter: relocation error: /lib/libpthread.so.0: symbol h_errno, version GLIBC_PRIVATE not defined in file libc.so.6 with link time reference",
                ],
            ),
            logged(
                1,
                &[
                    "Error loading shared library libstdc++.so.6: No such file or directory (needed by \
             ./AtomicParsley)",
                ],
            ),
            logged(
                1,
                &[
                    "/unleash-edge: error while loading shared libraries: libssl.so.1.1: cannot open \
             shared object file: No such file or directory",
                ],
            ),
        ],
    ),
    (
        "dotnet-icu-missing",
        &[logged(
            1,
            &[
                "Process terminated. Couldn't find a valid ICU package installed on the system. Set \
             the configuration flag System.Globalization.Invariant to true if you want to run with \
             no globalization support.",
            ],
        )],
    ),
    (
        "instruction-illegal-told",
        &[
            logged(1, &["Illegal instruction (core dumped)"]),
            logged(1, &["# valkey 8.1.2 crashed by signal: 4, si_code: 1"]),
            logged(1, &["exited: web (terminated by SIGILL; not expected)"]),
        ],
    ),
    (
        "bun-crashed",
        &[
            logged(
                1,
                &["oh no: Bun has crashed. This indicates a bug in Bun, not your code."],
            ),
            logged(
                1,
                &["panic(main thread): Segmentation fault at address 0x7FFE9E54B588"],
            ),
        ],
    ),
    (
        "go-nil-pointer",
        &[
            logged(
                1,
                &["[signal SIGSEGV: segmentation violation code=0x1 addr=0x28 pc=0x7fcdf2]"],
            ),
            logged(
                1,
                &["panic: runtime error: invalid memory address or nil pointer dereference"],
            ),
        ],
    ),
    (
        "dotnet-without-temporary-files",
        &[logged(1, &["Failed to create CoreCLR, HRESULT: 0x80004005"])],
    ),
    (
        "dotnet-without-memory",
        &[
            logged(1, &["Failed to create CoreCLR, HRESULT: 0x80070008"]),
            logged(1, &["Failed to create CoreCLR, HRESULT: 0x8007000E"]),
        ],
    ),
    (
        "library-for-another-platform",
        &[
            logged(
                1,
                &["Error: Could not load the \"sharp\" module using the linuxmusl-x64 runtime"],
            ),
            logged(
                1,
                &["You installed esbuild for another platform than the one you're currently using."],
            ),
            logged(
                1,
                &["Error: /app/node_modules/bcrypt/lib/binding/napi-v3/bcrypt_lib.node: invalid ELF header"],
            ),
            logged(1, &["OSError: /app/lib/libfoo.so: wrong ELF class: ELFCLASS32"]),
            logged(
                1,
                &["/entrypoint.sh: line 9: /app/server: cannot execute binary file: Exec format error"],
            ),
            logged(1, &["OSError: [Errno 8] Exec format error: '/app/tool'"]),
        ],
    ),
    (
        "node-addon-version",
        &[logged(
            1,
            &[
                "was compiled against a different Node.js version using NODE_MODULE_VERSION 108. This version of Node.js requires NODE_MODULE_VERSION 115.",
            ],
        )],
    ),
    (
        "numpy-version",
        &[
            logged(
                1,
                &["A module that was compiled using NumPy 1.x cannot be run in NumPy 2.0.0 as it may crash."],
            ),
            logged(
                1,
                &[
                    "ValueError: numpy.dtype size changed, may indicate binary incompatibility. Expected 96 from C header, got 88 from PyObject",
                ],
            ),
        ],
    ),
    (
        "openssl-algorithm-retired",
        &[
            logged(
                1,
                &["Error: error:0308010C:digital envelope routines::unsupported"],
            ),
            logged(1, &["code: 'ERR_OSSL_EVP_UNSUPPORTED'"]),
        ],
    ),
    (
        "browser-missing",
        &[
            logged(
                1,
                &["Error: Could not find Chrome (ver. 119.0.6045.105). This can occur if either"],
            ),
            logged(
                1,
                &[
                    "browserType.launch: Executable doesn't exist at /root/.cache/ms-playwright/chromium-1091/chrome-linux/chrome",
                ],
            ),
            logged(1, &["Error: Failed to launch the browser process!"]),
        ],
    ),
    (
        "dotnet-null-reference",
        &[logged(
            1,
            &[
                "Unhandled Exception: System.NullReferenceException: Object reference not set to an instance of an object.",
                "/opt/startup.sh: line 11:    27 Aborted                 (core dumped) dotnet app.dll",
            ],
        )],
    ),
    (
        "native-code-crashed",
        &[
            logged(1, &["npm ERR! Exit status 139"]),
            logged(1, &["error Command failed with exit code 139."]),
            logged(
                1,
                &[
                    "/opt/startup/startup.sh: line 11:    27 Aborted                 (core dumped) dotnet /home/site/web.dll",
                ],
            ),
            logged(1, &["Bus error (core dumped)"]),
            logged(
                1,
                &["terminate called after throwing an instance of 'std::runtime_error'"],
            ),
            logged(1, &["double free or corruption (out)"]),
            logged(
                1,
                &[
                    "/usr/local/bin/node[16]: ../src/pipe_wrap.cc:168: Connect(): Assertion `args[1]->IsString()' failed.",
                ],
            ),
            logged(1, &["*** stack smashing detected ***: terminated"]),
            logged(1, &["SIGABRT: signal arrived during cgo execution"]),
            logged(1, &["Segmentation fault (core dumped)"]),
            logged(1, &["#  SIGSEGV (0xb) at pc=0x00007f1a2c3d4e5f, pid=1, tid=7"]),
            logged(1, &["npm ERR! signal SIGSEGV"]),
            logged(
                1,
                &["# A fatal error has been detected by the Java Runtime Environment:"],
            ),
            logged(
                1,
                &["[alert] 23894#23894: worker process 23918 exited on signal 11 (core dumped)"],
            ),
            logged(1, &["child 7 killed by signal 11"]),
            logged(
                1,
                &["2021-12-14 10:12:43,292 INFO exited: php (terminated by SIGSEGV; not expected)"],
            ),
            logged(1, &["1:M # valkey 8.1.2 crashed by signal: 11, si_code: 1"]),
        ],
    ),
];
