//! Examples of the causes in `table/logs/gpu.rs`.

use crate::verdict::cause::FailureFacts;
use crate::verdict::cause::tests::example::logged;

pub const EXAMPLES: &[(&str, &[FailureFacts<'static>])] = &[
    (
        "gpu-driver-too-old",
        &[
            logged(
                1,
                &["RuntimeError: CUDA error: CUDA driver version is insufficient for CUDA runtime version"],
            ),
            logged(
                1,
                &["RuntimeError: The NVIDIA driver on your system is too old (found version 11040)."],
            ),
            logged(
                1,
                &["RuntimeError: Triton Error [CUDA]: device kernel image is invalid"],
            ),
            logged(
                1,
                &["RuntimeError: CUDA error: no kernel image is available for execution on the device"],
            ),
            logged(
                1,
                &["RuntimeError: CUDA error: the provided PTX was compiled with an unsupported toolchain."],
            ),
        ],
    ),
    (
        "gpu-not-seen",
        &[
            logged(
                1,
                &["ImportError('/usr/lib/x86_64-linux-gnu/libcuda.so.1: file too short')"],
            ),
            logged(
                1,
                &[
                    "RuntimeError: Found no NVIDIA driver on your system. Please check that you have an NVIDIA GPU and installed a driver",
                ],
            ),
            logged(1, &["RuntimeError: No CUDA GPUs are available"]),
            logged(
                1,
                &["RuntimeError: CUDA error: no CUDA-capable device is detected"],
            ),
            logged(
                1,
                &[
                    "RuntimeError: Attempting to deserialize object on a CUDA device but torch.cuda.is_available() is False.",
                ],
            ),
            logged(1, &["AssertionError: Torch not compiled with CUDA enabled"]),
            logged(1, &["RuntimeError: Failed to infer device type"]),
        ],
    ),
    (
        "gpu-memory-full",
        &[
            logged(
                1,
                &["torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 2.00 GiB."],
            ),
            logged(1, &["RuntimeError: CUDA error: out of memory"]),
            logged(
                1,
                &[
                    "ValueError: No available memory for the cache blocks. Try increasing `gpu_memory_utilization` when initializing the engine.",
                ],
            ),
        ],
    ),
    (
        "gpu-code-crashed",
        &[
            logged(
                1,
                &["RuntimeError: Triton Error [CUDA]: unspecified launch failure"],
            ),
            logged(
                1,
                &["RuntimeError: CUDA error: an illegal memory access was encountered"],
            ),
            logged(1, &["RuntimeError: CUDA error: device-side assert triggered"]),
        ],
    ),
    (
        "model-not-permitted",
        &[
            logged(
                1,
                &[
                    "OSError: You are trying to access a gated repo. Cannot access gated repo for url https://huggingface.co/meta-llama/x",
                ],
            ),
            logged(1, &["OSError: You are trying to access a gated repo."]),
        ],
    ),
    (
        "model-not-loaded",
        &[
            logged(
                1,
                &["OSError: We couldn't connect to 'https://huggingface.co' to load this file"],
            ),
            logged(
                1,
                &[
                    "OSError: llama is not a local folder and is not a valid model identifier listed on 'https://huggingface.co/models'",
                ],
            ),
            logged(
                1,
                &[
                    "huggingface_hub.errors.LocalEntryNotFoundError: An error happened while trying to locate the file on the Hub",
                ],
            ),
            logged(
                1,
                &["error: creating server: Internal - failed to load all models"],
            ),
        ],
    ),
];
