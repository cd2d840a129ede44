//! GPUs and models that a program does not get.

use crate::diagnostic::SuggestionPart;
use crate::verdict::cause::{Cause, CauseSign};

pub const ROWS: &[Cause] = &[
    Cause {
        id: "gpu-driver-too-old",
        when: &[
            CauseSign::Logged("driver version is insufficient for CUDA"),
            CauseSign::Logged("NVIDIA driver on your system is too old"),
            CauseSign::Logged("device kernel image is invalid"),
            CauseSign::Logged("no kernel image is available for execution"),
            CauseSign::Logged("PTX was compiled with an unsupported toolchain"),
        ],
        cause: "the CUDA of the image fits neither the instance's driver nor its GPU: it is \
                newer than the driver, or built for other GPUs",
        cure: &[
            SuggestionPart::text(
                "use the current ECS GPU-optimized AMI, or an image with an older CUDA (aws \
                ssm get-parameters --names \
                /aws/service/ecs/optimized-ami/amazon-linux-2023/gpu/recommended names the \
                AMI); then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "predibase/lorax#237; NVIDIA, CUDA compatibility; Amazon ECS Developer Guide, \
                Task definitions for GPU workloads",
    },
    Cause {
        id: "gpu-not-seen",
        when: &[
            CauseSign::Logged("libcuda.so.1"),
            CauseSign::Logged("Found no NVIDIA driver on your system"),
            CauseSign::Logged("No CUDA GPUs are available"),
            CauseSign::Logged("no CUDA-capable device is detected"),
            CauseSign::Logged("torch.cuda.is_available() is False"),
            CauseSign::Logged("Torch not compiled with CUDA enabled"),
            CauseSign::Logged("Failed to infer device type"),
        ],
        cause: "the program wants a GPU and sees none: the container asks for none, or runs \
                on an instance (or on Fargate) that has none",
        cure: &[
            SuggestionPart::text(
                "set resourceRequirements: [{type: GPU, value: \"1\"}] in the container definition and \
                run it on GPU instances (EC2 or Managed Instances); then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "dengcao/Qwen3-Reranker-0.6B#2; pytorch/pytorch, torch/cuda; \
                vllm-project/vllm, config; Amazon ECS Developer Guide, Task definitions for \
                GPU workloads",
    },
    Cause {
        id: "gpu-memory-full",
        when: &[
            CauseSign::Logged("CUDA out of memory"),
            CauseSign::Logged("CUDA error: out of memory"),
            CauseSign::Logged("No available memory for the cache blocks"),
        ],
        cause: "the model or batch is larger than the memory of the GPU",
        cure: &[
            SuggestionPart::text(
                "use a smaller model, context (--max-model-len) or batch, or an instance type \
                with more GPU memory; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "pytorch/pytorch, CUDACachingAllocator; vllm-project/vllm, worker",
    },
    Cause {
        id: "gpu-code-crashed",
        when: &[
            CauseSign::Logged("unspecified launch failure"),
            CauseSign::Logged("CUDA error: an illegal memory access"),
            CauseSign::Logged("device-side assert triggered"),
        ],
        cause: "code on the GPU crashed: a fault of a library's kernel, or an index out of \
                range in the program",
        cure: &[
            SuggestionPart::text(
                "set CUDA_LAUNCH_BLOCKING=1 in environment to see where; use another version \
                of the library; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "sgl-project/sglang#10570; PyTorch documentation, CUDA semantics",
    },
    Cause {
        id: "model-not-permitted",
        when: &[
            CauseSign::Logged("Cannot access gated repo"),
            CauseSign::Logged("trying to access a gated repo"),
        ],
        cause: "the model on Hugging Face is given only to accounts that accepted its terms, \
                and the program has no token of one",
        cure: &[
            SuggestionPart::text(
                "accept the terms there, and set HF_TOKEN in the container's secrets; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "Hugging Face documentation, Gated models",
    },
    Cause {
        id: "model-not-loaded",
        when: &[
            CauseSign::Logged("We couldn't connect to 'https://huggingface.co'"),
            CauseSign::Logged("is not a valid model identifier"),
            CauseSign::Logged("LocalEntryNotFoundError"),
            CauseSign::Logged("failed to load all models"),
        ],
        cause: "the model that the program loads is neither in the image nor on a volume, has \
                another name, or can't be fetched from this subnet",
        cure: &[
            SuggestionPart::text(
                "put it into the image or on a volume and name its path, or give the subnet a \
                way out (NAT gateway); then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "TabbyML/tabby#126; huggingface/transformers, utils/hub.py; \
                triton-inference-server/server",
    },
];
