# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_ecsctl_global_optspecs
    string join \n f/file= var= image= only= allow-unknown-fields region= profile= assume-role= endpoint-url= registry= o/output= q/quiet v/verbose color= no-progress show-values y/yes h/help V/version
end

function __fish_ecsctl_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_ecsctl_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_ecsctl_using_subcommand
    set -l cmd (__fish_ecsctl_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c ecsctl -n "__fish_ecsctl_needs_command" -s f -l file -d 'The file to read [default: deploy.yaml in this folder or a parent, up to the git root]' -r -F
complete -c ecsctl -n "__fish_ecsctl_needs_command" -l var -d 'Set `${vars.NAME}`, overriding the file (repeatable) [env: ECSCTL_VAR_<NAME>]' -r
complete -c ecsctl -n "__fish_ecsctl_needs_command" -l image -d 'Use this image instead of building and pushing one (repeatable)' -r
complete -c ecsctl -n "__fish_ecsctl_needs_command" -l only -d 'Only these services and their images; for build and push, only these images (repeatable, comma-separated)' -r
complete -c ecsctl -n "__fish_ecsctl_needs_command" -l region -d 'The region [default: the file\'s, AWS_REGION, AWS_DEFAULT_REGION, the profile\'s]' -r
complete -c ecsctl -n "__fish_ecsctl_needs_command" -l profile -d 'The profile in AWS\'s configuration files [default: the file\'s, AWS_PROFILE]' -r
complete -c ecsctl -n "__fish_ecsctl_needs_command" -l assume-role -d 'Assume this role' -r
complete -c ecsctl -n "__fish_ecsctl_needs_command" -l endpoint-url -d 'Send all AWS calls to this endpoint (for testing)' -r -f
complete -c ecsctl -n "__fish_ecsctl_needs_command" -l registry -d 'Use this registry instead of ECR (for testing): [http[s]://]HOST[:PORT]' -r
complete -c ecsctl -n "__fish_ecsctl_needs_command" -s o -l output -d 'Output format of the result on stdout' -r -f -a "text\t'Human-readable text'
json\t'One JSON document'
jsonl\t'One JSON event per line, as they happen'"
complete -c ecsctl -n "__fish_ecsctl_needs_command" -l color -d 'When to use colors; auto respects NO_COLOR, CLICOLOR and CLICOLOR_FORCE' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c ecsctl -n "__fish_ecsctl_needs_command" -l allow-unknown-fields -d 'Accept ECS API members that this version does not know'
complete -c ecsctl -n "__fish_ecsctl_needs_command" -s q -l quiet -d 'Show only the result, warnings and errors'
complete -c ecsctl -n "__fish_ecsctl_needs_command" -s v -l verbose -d 'Show more: build logs, full digests and ids'
complete -c ecsctl -n "__fish_ecsctl_needs_command" -l no-progress -d 'Show progress as lines instead of a live view'
complete -c ecsctl -n "__fish_ecsctl_needs_command" -l show-values -d 'Show environment values and sensitive fields instead of masking them'
complete -c ecsctl -n "__fish_ecsctl_needs_command" -s y -l yes -d 'Skip confirmations; without a terminal, rollback, stop, continue --rollback and delete need it'
complete -c ecsctl -n "__fish_ecsctl_needs_command" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c ecsctl -n "__fish_ecsctl_needs_command" -s V -l version -d 'Print version'
complete -c ecsctl -n "__fish_ecsctl_needs_command" -f -a "deploy" -d 'Build, push, register and deploy, and wait for the verdict'
complete -c ecsctl -n "__fish_ecsctl_needs_command" -f -a "build" -d 'Build the images without pushing them'
complete -c ecsctl -n "__fish_ecsctl_needs_command" -f -a "push" -d 'Build the images and push them to ECR'
complete -c ecsctl -n "__fish_ecsctl_needs_command" -f -a "register" -d 'Build, push and register task definitions, without deploying them'
complete -c ecsctl -n "__fish_ecsctl_needs_command" -f -a "plan" -d 'Show what deploy would change, without changing anything'
complete -c ecsctl -n "__fish_ecsctl_needs_command" -f -a "wait" -d 'Watch the deployment in progress, and report its result'
complete -c ecsctl -n "__fish_ecsctl_needs_command" -f -a "rollback" -d 'Roll back: stop the deployment in progress, or return to the last successful revision'
complete -c ecsctl -n "__fish_ecsctl_needs_command" -f -a "stop" -d 'Stop the deployment in progress: ECS rolls it back'
complete -c ecsctl -n "__fish_ecsctl_needs_command" -f -a "continue" -d 'Continue a paused deployment and watch it'
complete -c ecsctl -n "__fish_ecsctl_needs_command" -f -a "status" -d 'Show the status of services'
complete -c ecsctl -n "__fish_ecsctl_needs_command" -f -a "open" -d 'Open a service\'s address in a browser, or print it'
complete -c ecsctl -n "__fish_ecsctl_needs_command" -f -a "scale" -d 'Set the number of tasks of services, and watch until they run'
complete -c ecsctl -n "__fish_ecsctl_needs_command" -f -a "restart" -d 'Replace all tasks with new ones of the same task definition, and watch'
complete -c ecsctl -n "__fish_ecsctl_needs_command" -f -a "delete" -d 'Delete services and stop their tasks; leaves images, task definitions and log groups'
complete -c ecsctl -n "__fish_ecsctl_needs_command" -f -a "tasks" -d 'Show tasks, or why they stopped'
complete -c ecsctl -n "__fish_ecsctl_needs_command" -f -a "history" -d 'Show past deployments: when, by whom, and how they ended'
complete -c ecsctl -n "__fish_ecsctl_needs_command" -f -a "render" -d 'Print the resolved deploy.yaml as it is sent to AWS: defaults and ${…} filled in'
complete -c ecsctl -n "__fish_ecsctl_needs_command" -f -a "completions" -d 'Print shell completions'
complete -c ecsctl -n "__fish_ecsctl_needs_command" -f -a "events" -d 'Show service events, newest last'
complete -c ecsctl -n "__fish_ecsctl_needs_command" -f -a "logs" -d 'Show container logs from CloudWatch Logs'
complete -c ecsctl -n "__fish_ecsctl_needs_command" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand deploy" -l until -d 'What to wait for' -r -f -a "deployed\t'The new revision receives the traffic'
stable\t'Also, all desired tasks run, the old ones are gone, and this lasts'"
complete -c ecsctl -n "__fish_ecsctl_using_subcommand deploy" -l timeout -d 'Stop waiting after this long (exit 6); the rollout continues [default: 15m plus the strategy\'s own times]' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand deploy" -l settle -d 'How long to watch running tasks that have no health check' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand deploy" -s f -l file -d 'The file to read [default: deploy.yaml in this folder or a parent, up to the git root]' -r -F
complete -c ecsctl -n "__fish_ecsctl_using_subcommand deploy" -l var -d 'Set `${vars.NAME}`, overriding the file (repeatable) [env: ECSCTL_VAR_<NAME>]' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand deploy" -l image -d 'Use this image instead of building and pushing one (repeatable)' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand deploy" -l only -d 'Only these services and their images; for build and push, only these images (repeatable, comma-separated)' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand deploy" -l region -d 'The region [default: the file\'s, AWS_REGION, AWS_DEFAULT_REGION, the profile\'s]' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand deploy" -l profile -d 'The profile in AWS\'s configuration files [default: the file\'s, AWS_PROFILE]' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand deploy" -l assume-role -d 'Assume this role' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand deploy" -l endpoint-url -d 'Send all AWS calls to this endpoint (for testing)' -r -f
complete -c ecsctl -n "__fish_ecsctl_using_subcommand deploy" -l registry -d 'Use this registry instead of ECR (for testing): [http[s]://]HOST[:PORT]' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand deploy" -s o -l output -d 'Output format of the result on stdout' -r -f -a "text\t'Human-readable text'
json\t'One JSON document'
jsonl\t'One JSON event per line, as they happen'"
complete -c ecsctl -n "__fish_ecsctl_using_subcommand deploy" -l color -d 'When to use colors; auto respects NO_COLOR, CLICOLOR and CLICOLOR_FORCE' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c ecsctl -n "__fish_ecsctl_using_subcommand deploy" -l create-cluster -d 'Create the cluster if it is missing'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand deploy" -l force -d 'Start a deployment even if nothing changes'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand deploy" -l rollback-on-failure -d 'Roll back to the last successful revision if the deployment fails and ECS does not roll back (exit 5)'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand deploy" -l wait-through-pause -d 'Keep waiting when a lifecycle hook pauses the deployment, instead of exit 9'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand deploy" -l allow-unknown-fields -d 'Accept ECS API members that this version does not know'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand deploy" -s q -l quiet -d 'Show only the result, warnings and errors'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand deploy" -s v -l verbose -d 'Show more: build logs, full digests and ids'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand deploy" -l no-progress -d 'Show progress as lines instead of a live view'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand deploy" -l show-values -d 'Show environment values and sensitive fields instead of masking them'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand deploy" -s y -l yes -d 'Skip confirmations; without a terminal, rollback, stop, continue --rollback and delete need it'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand deploy" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand build" -s f -l file -d 'The file to read [default: deploy.yaml in this folder or a parent, up to the git root]' -r -F
complete -c ecsctl -n "__fish_ecsctl_using_subcommand build" -l var -d 'Set `${vars.NAME}`, overriding the file (repeatable) [env: ECSCTL_VAR_<NAME>]' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand build" -l image -d 'Use this image instead of building and pushing one (repeatable)' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand build" -l only -d 'Only these services and their images; for build and push, only these images (repeatable, comma-separated)' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand build" -l region -d 'The region [default: the file\'s, AWS_REGION, AWS_DEFAULT_REGION, the profile\'s]' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand build" -l profile -d 'The profile in AWS\'s configuration files [default: the file\'s, AWS_PROFILE]' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand build" -l assume-role -d 'Assume this role' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand build" -l endpoint-url -d 'Send all AWS calls to this endpoint (for testing)' -r -f
complete -c ecsctl -n "__fish_ecsctl_using_subcommand build" -l registry -d 'Use this registry instead of ECR (for testing): [http[s]://]HOST[:PORT]' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand build" -s o -l output -d 'Output format of the result on stdout' -r -f -a "text\t'Human-readable text'
json\t'One JSON document'
jsonl\t'One JSON event per line, as they happen'"
complete -c ecsctl -n "__fish_ecsctl_using_subcommand build" -l color -d 'When to use colors; auto respects NO_COLOR, CLICOLOR and CLICOLOR_FORCE' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c ecsctl -n "__fish_ecsctl_using_subcommand build" -l list-context -d 'List the files of the build contexts with sizes, largest last, without building'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand build" -l allow-unknown-fields -d 'Accept ECS API members that this version does not know'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand build" -s q -l quiet -d 'Show only the result, warnings and errors'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand build" -s v -l verbose -d 'Show more: build logs, full digests and ids'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand build" -l no-progress -d 'Show progress as lines instead of a live view'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand build" -l show-values -d 'Show environment values and sensitive fields instead of masking them'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand build" -s y -l yes -d 'Skip confirmations; without a terminal, rollback, stop, continue --rollback and delete need it'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand build" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand push" -s f -l file -d 'The file to read [default: deploy.yaml in this folder or a parent, up to the git root]' -r -F
complete -c ecsctl -n "__fish_ecsctl_using_subcommand push" -l var -d 'Set `${vars.NAME}`, overriding the file (repeatable) [env: ECSCTL_VAR_<NAME>]' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand push" -l image -d 'Use this image instead of building and pushing one (repeatable)' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand push" -l only -d 'Only these services and their images; for build and push, only these images (repeatable, comma-separated)' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand push" -l region -d 'The region [default: the file\'s, AWS_REGION, AWS_DEFAULT_REGION, the profile\'s]' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand push" -l profile -d 'The profile in AWS\'s configuration files [default: the file\'s, AWS_PROFILE]' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand push" -l assume-role -d 'Assume this role' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand push" -l endpoint-url -d 'Send all AWS calls to this endpoint (for testing)' -r -f
complete -c ecsctl -n "__fish_ecsctl_using_subcommand push" -l registry -d 'Use this registry instead of ECR (for testing): [http[s]://]HOST[:PORT]' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand push" -s o -l output -d 'Output format of the result on stdout' -r -f -a "text\t'Human-readable text'
json\t'One JSON document'
jsonl\t'One JSON event per line, as they happen'"
complete -c ecsctl -n "__fish_ecsctl_using_subcommand push" -l color -d 'When to use colors; auto respects NO_COLOR, CLICOLOR and CLICOLOR_FORCE' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c ecsctl -n "__fish_ecsctl_using_subcommand push" -l allow-unknown-fields -d 'Accept ECS API members that this version does not know'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand push" -s q -l quiet -d 'Show only the result, warnings and errors'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand push" -s v -l verbose -d 'Show more: build logs, full digests and ids'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand push" -l no-progress -d 'Show progress as lines instead of a live view'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand push" -l show-values -d 'Show environment values and sensitive fields instead of masking them'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand push" -s y -l yes -d 'Skip confirmations; without a terminal, rollback, stop, continue --rollback and delete need it'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand push" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand register" -s f -l file -d 'The file to read [default: deploy.yaml in this folder or a parent, up to the git root]' -r -F
complete -c ecsctl -n "__fish_ecsctl_using_subcommand register" -l var -d 'Set `${vars.NAME}`, overriding the file (repeatable) [env: ECSCTL_VAR_<NAME>]' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand register" -l image -d 'Use this image instead of building and pushing one (repeatable)' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand register" -l only -d 'Only these services and their images; for build and push, only these images (repeatable, comma-separated)' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand register" -l region -d 'The region [default: the file\'s, AWS_REGION, AWS_DEFAULT_REGION, the profile\'s]' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand register" -l profile -d 'The profile in AWS\'s configuration files [default: the file\'s, AWS_PROFILE]' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand register" -l assume-role -d 'Assume this role' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand register" -l endpoint-url -d 'Send all AWS calls to this endpoint (for testing)' -r -f
complete -c ecsctl -n "__fish_ecsctl_using_subcommand register" -l registry -d 'Use this registry instead of ECR (for testing): [http[s]://]HOST[:PORT]' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand register" -s o -l output -d 'Output format of the result on stdout' -r -f -a "text\t'Human-readable text'
json\t'One JSON document'
jsonl\t'One JSON event per line, as they happen'"
complete -c ecsctl -n "__fish_ecsctl_using_subcommand register" -l color -d 'When to use colors; auto respects NO_COLOR, CLICOLOR and CLICOLOR_FORCE' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c ecsctl -n "__fish_ecsctl_using_subcommand register" -l allow-unknown-fields -d 'Accept ECS API members that this version does not know'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand register" -s q -l quiet -d 'Show only the result, warnings and errors'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand register" -s v -l verbose -d 'Show more: build logs, full digests and ids'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand register" -l no-progress -d 'Show progress as lines instead of a live view'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand register" -l show-values -d 'Show environment values and sensitive fields instead of masking them'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand register" -s y -l yes -d 'Skip confirmations; without a terminal, rollback, stop, continue --rollback and delete need it'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand register" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand plan" -s f -l file -d 'The file to read [default: deploy.yaml in this folder or a parent, up to the git root]' -r -F
complete -c ecsctl -n "__fish_ecsctl_using_subcommand plan" -l var -d 'Set `${vars.NAME}`, overriding the file (repeatable) [env: ECSCTL_VAR_<NAME>]' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand plan" -l image -d 'Use this image instead of building and pushing one (repeatable)' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand plan" -l only -d 'Only these services and their images; for build and push, only these images (repeatable, comma-separated)' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand plan" -l region -d 'The region [default: the file\'s, AWS_REGION, AWS_DEFAULT_REGION, the profile\'s]' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand plan" -l profile -d 'The profile in AWS\'s configuration files [default: the file\'s, AWS_PROFILE]' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand plan" -l assume-role -d 'Assume this role' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand plan" -l endpoint-url -d 'Send all AWS calls to this endpoint (for testing)' -r -f
complete -c ecsctl -n "__fish_ecsctl_using_subcommand plan" -l registry -d 'Use this registry instead of ECR (for testing): [http[s]://]HOST[:PORT]' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand plan" -s o -l output -d 'Output format of the result on stdout' -r -f -a "text\t'Human-readable text'
json\t'One JSON document'
jsonl\t'One JSON event per line, as they happen'"
complete -c ecsctl -n "__fish_ecsctl_using_subcommand plan" -l color -d 'When to use colors; auto respects NO_COLOR, CLICOLOR and CLICOLOR_FORCE' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c ecsctl -n "__fish_ecsctl_using_subcommand plan" -l create-cluster -d 'Plan the cluster, too, if it is missing'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand plan" -l exit-code -d 'Exit 8 if there are changes'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand plan" -l no-build -d 'Don\'t build; images are known after build'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand plan" -l allow-unknown-fields -d 'Accept ECS API members that this version does not know'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand plan" -s q -l quiet -d 'Show only the result, warnings and errors'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand plan" -s v -l verbose -d 'Show more: build logs, full digests and ids'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand plan" -l no-progress -d 'Show progress as lines instead of a live view'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand plan" -l show-values -d 'Show environment values and sensitive fields instead of masking them'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand plan" -s y -l yes -d 'Skip confirmations; without a terminal, rollback, stop, continue --rollback and delete need it'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand plan" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand wait" -l until -d 'What to wait for' -r -f -a "deployed\t'The new revision receives the traffic'
stable\t'Also, all desired tasks run, the old ones are gone, and this lasts'"
complete -c ecsctl -n "__fish_ecsctl_using_subcommand wait" -l timeout -d 'Stop waiting after this long (exit 6); the rollout continues [default: 15m plus the strategy\'s own times]' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand wait" -l settle -d 'How long to watch running tasks that have no health check' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand wait" -s f -l file -d 'The file to read [default: deploy.yaml in this folder or a parent, up to the git root]' -r -F
complete -c ecsctl -n "__fish_ecsctl_using_subcommand wait" -l var -d 'Set `${vars.NAME}`, overriding the file (repeatable) [env: ECSCTL_VAR_<NAME>]' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand wait" -l image -d 'Use this image instead of building and pushing one (repeatable)' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand wait" -l only -d 'Only these services and their images; for build and push, only these images (repeatable, comma-separated)' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand wait" -l region -d 'The region [default: the file\'s, AWS_REGION, AWS_DEFAULT_REGION, the profile\'s]' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand wait" -l profile -d 'The profile in AWS\'s configuration files [default: the file\'s, AWS_PROFILE]' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand wait" -l assume-role -d 'Assume this role' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand wait" -l endpoint-url -d 'Send all AWS calls to this endpoint (for testing)' -r -f
complete -c ecsctl -n "__fish_ecsctl_using_subcommand wait" -l registry -d 'Use this registry instead of ECR (for testing): [http[s]://]HOST[:PORT]' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand wait" -s o -l output -d 'Output format of the result on stdout' -r -f -a "text\t'Human-readable text'
json\t'One JSON document'
jsonl\t'One JSON event per line, as they happen'"
complete -c ecsctl -n "__fish_ecsctl_using_subcommand wait" -l color -d 'When to use colors; auto respects NO_COLOR, CLICOLOR and CLICOLOR_FORCE' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c ecsctl -n "__fish_ecsctl_using_subcommand wait" -l wait-through-pause -d 'Keep waiting when a lifecycle hook pauses the deployment, instead of exit 9'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand wait" -l allow-unknown-fields -d 'Accept ECS API members that this version does not know'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand wait" -s q -l quiet -d 'Show only the result, warnings and errors'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand wait" -s v -l verbose -d 'Show more: build logs, full digests and ids'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand wait" -l no-progress -d 'Show progress as lines instead of a live view'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand wait" -l show-values -d 'Show environment values and sensitive fields instead of masking them'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand wait" -s y -l yes -d 'Skip confirmations; without a terminal, rollback, stop, continue --rollback and delete need it'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand wait" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand rollback" -l to -d 'Roll back to this revision: a number, FAMILY:NUMBER, an ARN, or a deployment\'s ecs-svc/NUMBER' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand rollback" -l until -d 'What to wait for' -r -f -a "deployed\t'The new revision receives the traffic'
stable\t'Also, all desired tasks run, the old ones are gone, and this lasts'"
complete -c ecsctl -n "__fish_ecsctl_using_subcommand rollback" -l timeout -d 'Stop waiting after this long (exit 6); the rollout continues [default: 15m plus the strategy\'s own times]' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand rollback" -l settle -d 'How long to watch running tasks that have no health check' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand rollback" -s f -l file -d 'The file to read [default: deploy.yaml in this folder or a parent, up to the git root]' -r -F
complete -c ecsctl -n "__fish_ecsctl_using_subcommand rollback" -l var -d 'Set `${vars.NAME}`, overriding the file (repeatable) [env: ECSCTL_VAR_<NAME>]' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand rollback" -l image -d 'Use this image instead of building and pushing one (repeatable)' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand rollback" -l only -d 'Only these services and their images; for build and push, only these images (repeatable, comma-separated)' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand rollback" -l region -d 'The region [default: the file\'s, AWS_REGION, AWS_DEFAULT_REGION, the profile\'s]' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand rollback" -l profile -d 'The profile in AWS\'s configuration files [default: the file\'s, AWS_PROFILE]' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand rollback" -l assume-role -d 'Assume this role' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand rollback" -l endpoint-url -d 'Send all AWS calls to this endpoint (for testing)' -r -f
complete -c ecsctl -n "__fish_ecsctl_using_subcommand rollback" -l registry -d 'Use this registry instead of ECR (for testing): [http[s]://]HOST[:PORT]' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand rollback" -s o -l output -d 'Output format of the result on stdout' -r -f -a "text\t'Human-readable text'
json\t'One JSON document'
jsonl\t'One JSON event per line, as they happen'"
complete -c ecsctl -n "__fish_ecsctl_using_subcommand rollback" -l color -d 'When to use colors; auto respects NO_COLOR, CLICOLOR and CLICOLOR_FORCE' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c ecsctl -n "__fish_ecsctl_using_subcommand rollback" -l wait-through-pause -d 'Keep waiting when a lifecycle hook pauses the deployment, instead of exit 9'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand rollback" -l allow-unknown-fields -d 'Accept ECS API members that this version does not know'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand rollback" -s q -l quiet -d 'Show only the result, warnings and errors'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand rollback" -s v -l verbose -d 'Show more: build logs, full digests and ids'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand rollback" -l no-progress -d 'Show progress as lines instead of a live view'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand rollback" -l show-values -d 'Show environment values and sensitive fields instead of masking them'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand rollback" -s y -l yes -d 'Skip confirmations; without a terminal, rollback, stop, continue --rollback and delete need it'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand rollback" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand stop" -l until -d 'What to wait for' -r -f -a "deployed\t'The new revision receives the traffic'
stable\t'Also, all desired tasks run, the old ones are gone, and this lasts'"
complete -c ecsctl -n "__fish_ecsctl_using_subcommand stop" -l timeout -d 'Stop waiting after this long (exit 6); the rollout continues [default: 15m plus the strategy\'s own times]' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand stop" -l settle -d 'How long to watch running tasks that have no health check' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand stop" -s f -l file -d 'The file to read [default: deploy.yaml in this folder or a parent, up to the git root]' -r -F
complete -c ecsctl -n "__fish_ecsctl_using_subcommand stop" -l var -d 'Set `${vars.NAME}`, overriding the file (repeatable) [env: ECSCTL_VAR_<NAME>]' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand stop" -l image -d 'Use this image instead of building and pushing one (repeatable)' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand stop" -l only -d 'Only these services and their images; for build and push, only these images (repeatable, comma-separated)' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand stop" -l region -d 'The region [default: the file\'s, AWS_REGION, AWS_DEFAULT_REGION, the profile\'s]' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand stop" -l profile -d 'The profile in AWS\'s configuration files [default: the file\'s, AWS_PROFILE]' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand stop" -l assume-role -d 'Assume this role' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand stop" -l endpoint-url -d 'Send all AWS calls to this endpoint (for testing)' -r -f
complete -c ecsctl -n "__fish_ecsctl_using_subcommand stop" -l registry -d 'Use this registry instead of ECR (for testing): [http[s]://]HOST[:PORT]' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand stop" -s o -l output -d 'Output format of the result on stdout' -r -f -a "text\t'Human-readable text'
json\t'One JSON document'
jsonl\t'One JSON event per line, as they happen'"
complete -c ecsctl -n "__fish_ecsctl_using_subcommand stop" -l color -d 'When to use colors; auto respects NO_COLOR, CLICOLOR and CLICOLOR_FORCE' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c ecsctl -n "__fish_ecsctl_using_subcommand stop" -l wait-through-pause -d 'Keep waiting when a lifecycle hook pauses the deployment, instead of exit 9'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand stop" -l allow-unknown-fields -d 'Accept ECS API members that this version does not know'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand stop" -s q -l quiet -d 'Show only the result, warnings and errors'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand stop" -s v -l verbose -d 'Show more: build logs, full digests and ids'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand stop" -l no-progress -d 'Show progress as lines instead of a live view'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand stop" -l show-values -d 'Show environment values and sensitive fields instead of masking them'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand stop" -s y -l yes -d 'Skip confirmations; without a terminal, rollback, stop, continue --rollback and delete need it'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand stop" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand continue" -l until -d 'What to wait for' -r -f -a "deployed\t'The new revision receives the traffic'
stable\t'Also, all desired tasks run, the old ones are gone, and this lasts'"
complete -c ecsctl -n "__fish_ecsctl_using_subcommand continue" -l timeout -d 'Stop waiting after this long (exit 6); the rollout continues [default: 15m plus the strategy\'s own times]' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand continue" -l settle -d 'How long to watch running tasks that have no health check' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand continue" -s f -l file -d 'The file to read [default: deploy.yaml in this folder or a parent, up to the git root]' -r -F
complete -c ecsctl -n "__fish_ecsctl_using_subcommand continue" -l var -d 'Set `${vars.NAME}`, overriding the file (repeatable) [env: ECSCTL_VAR_<NAME>]' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand continue" -l image -d 'Use this image instead of building and pushing one (repeatable)' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand continue" -l only -d 'Only these services and their images; for build and push, only these images (repeatable, comma-separated)' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand continue" -l region -d 'The region [default: the file\'s, AWS_REGION, AWS_DEFAULT_REGION, the profile\'s]' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand continue" -l profile -d 'The profile in AWS\'s configuration files [default: the file\'s, AWS_PROFILE]' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand continue" -l assume-role -d 'Assume this role' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand continue" -l endpoint-url -d 'Send all AWS calls to this endpoint (for testing)' -r -f
complete -c ecsctl -n "__fish_ecsctl_using_subcommand continue" -l registry -d 'Use this registry instead of ECR (for testing): [http[s]://]HOST[:PORT]' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand continue" -s o -l output -d 'Output format of the result on stdout' -r -f -a "text\t'Human-readable text'
json\t'One JSON document'
jsonl\t'One JSON event per line, as they happen'"
complete -c ecsctl -n "__fish_ecsctl_using_subcommand continue" -l color -d 'When to use colors; auto respects NO_COLOR, CLICOLOR and CLICOLOR_FORCE' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c ecsctl -n "__fish_ecsctl_using_subcommand continue" -l rollback -d 'Reject the deployment: roll it back'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand continue" -l wait-through-pause -d 'Keep waiting when a lifecycle hook pauses the deployment, instead of exit 9'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand continue" -l allow-unknown-fields -d 'Accept ECS API members that this version does not know'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand continue" -s q -l quiet -d 'Show only the result, warnings and errors'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand continue" -s v -l verbose -d 'Show more: build logs, full digests and ids'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand continue" -l no-progress -d 'Show progress as lines instead of a live view'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand continue" -l show-values -d 'Show environment values and sensitive fields instead of masking them'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand continue" -s y -l yes -d 'Skip confirmations; without a terminal, rollback, stop, continue --rollback and delete need it'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand continue" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand status" -s f -l file -d 'The file to read [default: deploy.yaml in this folder or a parent, up to the git root]' -r -F
complete -c ecsctl -n "__fish_ecsctl_using_subcommand status" -l var -d 'Set `${vars.NAME}`, overriding the file (repeatable) [env: ECSCTL_VAR_<NAME>]' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand status" -l image -d 'Use this image instead of building and pushing one (repeatable)' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand status" -l only -d 'Only these services and their images; for build and push, only these images (repeatable, comma-separated)' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand status" -l region -d 'The region [default: the file\'s, AWS_REGION, AWS_DEFAULT_REGION, the profile\'s]' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand status" -l profile -d 'The profile in AWS\'s configuration files [default: the file\'s, AWS_PROFILE]' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand status" -l assume-role -d 'Assume this role' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand status" -l endpoint-url -d 'Send all AWS calls to this endpoint (for testing)' -r -f
complete -c ecsctl -n "__fish_ecsctl_using_subcommand status" -l registry -d 'Use this registry instead of ECR (for testing): [http[s]://]HOST[:PORT]' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand status" -s o -l output -d 'Output format of the result on stdout' -r -f -a "text\t'Human-readable text'
json\t'One JSON document'
jsonl\t'One JSON event per line, as they happen'"
complete -c ecsctl -n "__fish_ecsctl_using_subcommand status" -l color -d 'When to use colors; auto respects NO_COLOR, CLICOLOR and CLICOLOR_FORCE' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c ecsctl -n "__fish_ecsctl_using_subcommand status" -s w -l watch -d 'Keep updating until Ctrl-C: in place on a terminal, a line per change elsewhere'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand status" -l allow-unknown-fields -d 'Accept ECS API members that this version does not know'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand status" -s q -l quiet -d 'Show only the result, warnings and errors'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand status" -s v -l verbose -d 'Show more: build logs, full digests and ids'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand status" -l no-progress -d 'Show progress as lines instead of a live view'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand status" -l show-values -d 'Show environment values and sensitive fields instead of masking them'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand status" -s y -l yes -d 'Skip confirmations; without a terminal, rollback, stop, continue --rollback and delete need it'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand status" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand open" -s f -l file -d 'The file to read [default: deploy.yaml in this folder or a parent, up to the git root]' -r -F
complete -c ecsctl -n "__fish_ecsctl_using_subcommand open" -l var -d 'Set `${vars.NAME}`, overriding the file (repeatable) [env: ECSCTL_VAR_<NAME>]' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand open" -l image -d 'Use this image instead of building and pushing one (repeatable)' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand open" -l only -d 'Only these services and their images; for build and push, only these images (repeatable, comma-separated)' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand open" -l region -d 'The region [default: the file\'s, AWS_REGION, AWS_DEFAULT_REGION, the profile\'s]' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand open" -l profile -d 'The profile in AWS\'s configuration files [default: the file\'s, AWS_PROFILE]' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand open" -l assume-role -d 'Assume this role' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand open" -l endpoint-url -d 'Send all AWS calls to this endpoint (for testing)' -r -f
complete -c ecsctl -n "__fish_ecsctl_using_subcommand open" -l registry -d 'Use this registry instead of ECR (for testing): [http[s]://]HOST[:PORT]' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand open" -s o -l output -d 'Output format of the result on stdout' -r -f -a "text\t'Human-readable text'
json\t'One JSON document'
jsonl\t'One JSON event per line, as they happen'"
complete -c ecsctl -n "__fish_ecsctl_using_subcommand open" -l color -d 'When to use colors; auto respects NO_COLOR, CLICOLOR and CLICOLOR_FORCE' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c ecsctl -n "__fish_ecsctl_using_subcommand open" -l allow-unknown-fields -d 'Accept ECS API members that this version does not know'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand open" -s q -l quiet -d 'Show only the result, warnings and errors'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand open" -s v -l verbose -d 'Show more: build logs, full digests and ids'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand open" -l no-progress -d 'Show progress as lines instead of a live view'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand open" -l show-values -d 'Show environment values and sensitive fields instead of masking them'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand open" -s y -l yes -d 'Skip confirmations; without a terminal, rollback, stop, continue --rollback and delete need it'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand open" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand scale" -l until -d 'What to wait for' -r -f -a "deployed\t'The new revision receives the traffic'
stable\t'Also, all desired tasks run, the old ones are gone, and this lasts'"
complete -c ecsctl -n "__fish_ecsctl_using_subcommand scale" -l timeout -d 'Stop waiting after this long (exit 6); the rollout continues [default: 15m plus the strategy\'s own times]' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand scale" -l settle -d 'How long to watch running tasks that have no health check' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand scale" -s f -l file -d 'The file to read [default: deploy.yaml in this folder or a parent, up to the git root]' -r -F
complete -c ecsctl -n "__fish_ecsctl_using_subcommand scale" -l var -d 'Set `${vars.NAME}`, overriding the file (repeatable) [env: ECSCTL_VAR_<NAME>]' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand scale" -l image -d 'Use this image instead of building and pushing one (repeatable)' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand scale" -l only -d 'Only these services and their images; for build and push, only these images (repeatable, comma-separated)' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand scale" -l region -d 'The region [default: the file\'s, AWS_REGION, AWS_DEFAULT_REGION, the profile\'s]' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand scale" -l profile -d 'The profile in AWS\'s configuration files [default: the file\'s, AWS_PROFILE]' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand scale" -l assume-role -d 'Assume this role' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand scale" -l endpoint-url -d 'Send all AWS calls to this endpoint (for testing)' -r -f
complete -c ecsctl -n "__fish_ecsctl_using_subcommand scale" -l registry -d 'Use this registry instead of ECR (for testing): [http[s]://]HOST[:PORT]' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand scale" -s o -l output -d 'Output format of the result on stdout' -r -f -a "text\t'Human-readable text'
json\t'One JSON document'
jsonl\t'One JSON event per line, as they happen'"
complete -c ecsctl -n "__fish_ecsctl_using_subcommand scale" -l color -d 'When to use colors; auto respects NO_COLOR, CLICOLOR and CLICOLOR_FORCE' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c ecsctl -n "__fish_ecsctl_using_subcommand scale" -l wait-through-pause -d 'Keep waiting when a lifecycle hook pauses the deployment, instead of exit 9'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand scale" -l allow-unknown-fields -d 'Accept ECS API members that this version does not know'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand scale" -s q -l quiet -d 'Show only the result, warnings and errors'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand scale" -s v -l verbose -d 'Show more: build logs, full digests and ids'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand scale" -l no-progress -d 'Show progress as lines instead of a live view'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand scale" -l show-values -d 'Show environment values and sensitive fields instead of masking them'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand scale" -s y -l yes -d 'Skip confirmations; without a terminal, rollback, stop, continue --rollback and delete need it'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand scale" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand restart" -l until -d 'What to wait for' -r -f -a "deployed\t'The new revision receives the traffic'
stable\t'Also, all desired tasks run, the old ones are gone, and this lasts'"
complete -c ecsctl -n "__fish_ecsctl_using_subcommand restart" -l timeout -d 'Stop waiting after this long (exit 6); the rollout continues [default: 15m plus the strategy\'s own times]' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand restart" -l settle -d 'How long to watch running tasks that have no health check' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand restart" -s f -l file -d 'The file to read [default: deploy.yaml in this folder or a parent, up to the git root]' -r -F
complete -c ecsctl -n "__fish_ecsctl_using_subcommand restart" -l var -d 'Set `${vars.NAME}`, overriding the file (repeatable) [env: ECSCTL_VAR_<NAME>]' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand restart" -l image -d 'Use this image instead of building and pushing one (repeatable)' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand restart" -l only -d 'Only these services and their images; for build and push, only these images (repeatable, comma-separated)' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand restart" -l region -d 'The region [default: the file\'s, AWS_REGION, AWS_DEFAULT_REGION, the profile\'s]' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand restart" -l profile -d 'The profile in AWS\'s configuration files [default: the file\'s, AWS_PROFILE]' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand restart" -l assume-role -d 'Assume this role' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand restart" -l endpoint-url -d 'Send all AWS calls to this endpoint (for testing)' -r -f
complete -c ecsctl -n "__fish_ecsctl_using_subcommand restart" -l registry -d 'Use this registry instead of ECR (for testing): [http[s]://]HOST[:PORT]' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand restart" -s o -l output -d 'Output format of the result on stdout' -r -f -a "text\t'Human-readable text'
json\t'One JSON document'
jsonl\t'One JSON event per line, as they happen'"
complete -c ecsctl -n "__fish_ecsctl_using_subcommand restart" -l color -d 'When to use colors; auto respects NO_COLOR, CLICOLOR and CLICOLOR_FORCE' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c ecsctl -n "__fish_ecsctl_using_subcommand restart" -l wait-through-pause -d 'Keep waiting when a lifecycle hook pauses the deployment, instead of exit 9'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand restart" -l allow-unknown-fields -d 'Accept ECS API members that this version does not know'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand restart" -s q -l quiet -d 'Show only the result, warnings and errors'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand restart" -s v -l verbose -d 'Show more: build logs, full digests and ids'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand restart" -l no-progress -d 'Show progress as lines instead of a live view'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand restart" -l show-values -d 'Show environment values and sensitive fields instead of masking them'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand restart" -s y -l yes -d 'Skip confirmations; without a terminal, rollback, stop, continue --rollback and delete need it'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand restart" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand delete" -l timeout -d 'Stop waiting after this long (exit 6); the tasks keep stopping' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand delete" -s f -l file -d 'The file to read [default: deploy.yaml in this folder or a parent, up to the git root]' -r -F
complete -c ecsctl -n "__fish_ecsctl_using_subcommand delete" -l var -d 'Set `${vars.NAME}`, overriding the file (repeatable) [env: ECSCTL_VAR_<NAME>]' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand delete" -l image -d 'Use this image instead of building and pushing one (repeatable)' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand delete" -l only -d 'Only these services and their images; for build and push, only these images (repeatable, comma-separated)' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand delete" -l region -d 'The region [default: the file\'s, AWS_REGION, AWS_DEFAULT_REGION, the profile\'s]' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand delete" -l profile -d 'The profile in AWS\'s configuration files [default: the file\'s, AWS_PROFILE]' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand delete" -l assume-role -d 'Assume this role' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand delete" -l endpoint-url -d 'Send all AWS calls to this endpoint (for testing)' -r -f
complete -c ecsctl -n "__fish_ecsctl_using_subcommand delete" -l registry -d 'Use this registry instead of ECR (for testing): [http[s]://]HOST[:PORT]' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand delete" -s o -l output -d 'Output format of the result on stdout' -r -f -a "text\t'Human-readable text'
json\t'One JSON document'
jsonl\t'One JSON event per line, as they happen'"
complete -c ecsctl -n "__fish_ecsctl_using_subcommand delete" -l color -d 'When to use colors; auto respects NO_COLOR, CLICOLOR and CLICOLOR_FORCE' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c ecsctl -n "__fish_ecsctl_using_subcommand delete" -l all -d 'Every service in deploy.yaml'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand delete" -l allow-unknown-fields -d 'Accept ECS API members that this version does not know'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand delete" -s q -l quiet -d 'Show only the result, warnings and errors'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand delete" -s v -l verbose -d 'Show more: build logs, full digests and ids'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand delete" -l no-progress -d 'Show progress as lines instead of a live view'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand delete" -l show-values -d 'Show environment values and sensitive fields instead of masking them'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand delete" -s y -l yes -d 'Skip confirmations; without a terminal, rollback, stop, continue --rollback and delete need it'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand delete" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand tasks" -s f -l file -d 'The file to read [default: deploy.yaml in this folder or a parent, up to the git root]' -r -F
complete -c ecsctl -n "__fish_ecsctl_using_subcommand tasks" -l var -d 'Set `${vars.NAME}`, overriding the file (repeatable) [env: ECSCTL_VAR_<NAME>]' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand tasks" -l image -d 'Use this image instead of building and pushing one (repeatable)' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand tasks" -l only -d 'Only these services and their images; for build and push, only these images (repeatable, comma-separated)' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand tasks" -l region -d 'The region [default: the file\'s, AWS_REGION, AWS_DEFAULT_REGION, the profile\'s]' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand tasks" -l profile -d 'The profile in AWS\'s configuration files [default: the file\'s, AWS_PROFILE]' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand tasks" -l assume-role -d 'Assume this role' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand tasks" -l endpoint-url -d 'Send all AWS calls to this endpoint (for testing)' -r -f
complete -c ecsctl -n "__fish_ecsctl_using_subcommand tasks" -l registry -d 'Use this registry instead of ECR (for testing): [http[s]://]HOST[:PORT]' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand tasks" -s o -l output -d 'Output format of the result on stdout' -r -f -a "text\t'Human-readable text'
json\t'One JSON document'
jsonl\t'One JSON event per line, as they happen'"
complete -c ecsctl -n "__fish_ecsctl_using_subcommand tasks" -l color -d 'When to use colors; auto respects NO_COLOR, CLICOLOR and CLICOLOR_FORCE' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c ecsctl -n "__fish_ecsctl_using_subcommand tasks" -l stopped -d 'Show stopped tasks and their reasons; ECS keeps them for about an hour'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand tasks" -l allow-unknown-fields -d 'Accept ECS API members that this version does not know'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand tasks" -s q -l quiet -d 'Show only the result, warnings and errors'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand tasks" -s v -l verbose -d 'Show more: build logs, full digests and ids'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand tasks" -l no-progress -d 'Show progress as lines instead of a live view'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand tasks" -l show-values -d 'Show environment values and sensitive fields instead of masking them'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand tasks" -s y -l yes -d 'Skip confirmations; without a terminal, rollback, stop, continue --rollback and delete need it'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand tasks" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand history" -l limit -d 'Number of deployments per service' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand history" -s f -l file -d 'The file to read [default: deploy.yaml in this folder or a parent, up to the git root]' -r -F
complete -c ecsctl -n "__fish_ecsctl_using_subcommand history" -l var -d 'Set `${vars.NAME}`, overriding the file (repeatable) [env: ECSCTL_VAR_<NAME>]' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand history" -l image -d 'Use this image instead of building and pushing one (repeatable)' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand history" -l only -d 'Only these services and their images; for build and push, only these images (repeatable, comma-separated)' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand history" -l region -d 'The region [default: the file\'s, AWS_REGION, AWS_DEFAULT_REGION, the profile\'s]' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand history" -l profile -d 'The profile in AWS\'s configuration files [default: the file\'s, AWS_PROFILE]' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand history" -l assume-role -d 'Assume this role' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand history" -l endpoint-url -d 'Send all AWS calls to this endpoint (for testing)' -r -f
complete -c ecsctl -n "__fish_ecsctl_using_subcommand history" -l registry -d 'Use this registry instead of ECR (for testing): [http[s]://]HOST[:PORT]' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand history" -s o -l output -d 'Output format of the result on stdout' -r -f -a "text\t'Human-readable text'
json\t'One JSON document'
jsonl\t'One JSON event per line, as they happen'"
complete -c ecsctl -n "__fish_ecsctl_using_subcommand history" -l color -d 'When to use colors; auto respects NO_COLOR, CLICOLOR and CLICOLOR_FORCE' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c ecsctl -n "__fish_ecsctl_using_subcommand history" -l allow-unknown-fields -d 'Accept ECS API members that this version does not know'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand history" -s q -l quiet -d 'Show only the result, warnings and errors'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand history" -s v -l verbose -d 'Show more: build logs, full digests and ids'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand history" -l no-progress -d 'Show progress as lines instead of a live view'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand history" -l show-values -d 'Show environment values and sensitive fields instead of masking them'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand history" -s y -l yes -d 'Skip confirmations; without a terminal, rollback, stop, continue --rollback and delete need it'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand history" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand render" -s f -l file -d 'The file to read [default: deploy.yaml in this folder or a parent, up to the git root]' -r -F
complete -c ecsctl -n "__fish_ecsctl_using_subcommand render" -l var -d 'Set `${vars.NAME}`, overriding the file (repeatable) [env: ECSCTL_VAR_<NAME>]' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand render" -l image -d 'Use this image instead of building and pushing one (repeatable)' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand render" -l only -d 'Only these services and their images; for build and push, only these images (repeatable, comma-separated)' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand render" -l region -d 'The region [default: the file\'s, AWS_REGION, AWS_DEFAULT_REGION, the profile\'s]' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand render" -l profile -d 'The profile in AWS\'s configuration files [default: the file\'s, AWS_PROFILE]' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand render" -l assume-role -d 'Assume this role' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand render" -l endpoint-url -d 'Send all AWS calls to this endpoint (for testing)' -r -f
complete -c ecsctl -n "__fish_ecsctl_using_subcommand render" -l registry -d 'Use this registry instead of ECR (for testing): [http[s]://]HOST[:PORT]' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand render" -s o -l output -d 'Output format of the result on stdout' -r -f -a "text\t'Human-readable text'
json\t'One JSON document'
jsonl\t'One JSON event per line, as they happen'"
complete -c ecsctl -n "__fish_ecsctl_using_subcommand render" -l color -d 'When to use colors; auto respects NO_COLOR, CLICOLOR and CLICOLOR_FORCE' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c ecsctl -n "__fish_ecsctl_using_subcommand render" -l allow-unknown-fields -d 'Accept ECS API members that this version does not know'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand render" -s q -l quiet -d 'Show only the result, warnings and errors'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand render" -s v -l verbose -d 'Show more: build logs, full digests and ids'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand render" -l no-progress -d 'Show progress as lines instead of a live view'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand render" -l show-values -d 'Show environment values and sensitive fields instead of masking them'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand render" -s y -l yes -d 'Skip confirmations; without a terminal, rollback, stop, continue --rollback and delete need it'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand render" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand completions" -s f -l file -d 'The file to read [default: deploy.yaml in this folder or a parent, up to the git root]' -r -F
complete -c ecsctl -n "__fish_ecsctl_using_subcommand completions" -l var -d 'Set `${vars.NAME}`, overriding the file (repeatable) [env: ECSCTL_VAR_<NAME>]' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand completions" -l image -d 'Use this image instead of building and pushing one (repeatable)' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand completions" -l only -d 'Only these services and their images; for build and push, only these images (repeatable, comma-separated)' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand completions" -l region -d 'The region [default: the file\'s, AWS_REGION, AWS_DEFAULT_REGION, the profile\'s]' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand completions" -l profile -d 'The profile in AWS\'s configuration files [default: the file\'s, AWS_PROFILE]' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand completions" -l assume-role -d 'Assume this role' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand completions" -l endpoint-url -d 'Send all AWS calls to this endpoint (for testing)' -r -f
complete -c ecsctl -n "__fish_ecsctl_using_subcommand completions" -l registry -d 'Use this registry instead of ECR (for testing): [http[s]://]HOST[:PORT]' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand completions" -s o -l output -d 'Output format of the result on stdout' -r -f -a "text\t'Human-readable text'
json\t'One JSON document'
jsonl\t'One JSON event per line, as they happen'"
complete -c ecsctl -n "__fish_ecsctl_using_subcommand completions" -l color -d 'When to use colors; auto respects NO_COLOR, CLICOLOR and CLICOLOR_FORCE' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c ecsctl -n "__fish_ecsctl_using_subcommand completions" -l allow-unknown-fields -d 'Accept ECS API members that this version does not know'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand completions" -s q -l quiet -d 'Show only the result, warnings and errors'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand completions" -s v -l verbose -d 'Show more: build logs, full digests and ids'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand completions" -l no-progress -d 'Show progress as lines instead of a live view'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand completions" -l show-values -d 'Show environment values and sensitive fields instead of masking them'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand completions" -s y -l yes -d 'Skip confirmations; without a terminal, rollback, stop, continue --rollback and delete need it'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand completions" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand events" -l since -d 'Only newer ones: 10m, 2h, 2026-11-20T14:00:00Z' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand events" -l file -d 'The file to read [default: deploy.yaml in this folder or a parent, up to the git root]' -r -F
complete -c ecsctl -n "__fish_ecsctl_using_subcommand events" -l var -d 'Set `${vars.NAME}`, overriding the file (repeatable) [env: ECSCTL_VAR_<NAME>]' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand events" -l image -d 'Use this image instead of building and pushing one (repeatable)' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand events" -l only -d 'Only these services and their images; for build and push, only these images (repeatable, comma-separated)' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand events" -l region -d 'The region [default: the file\'s, AWS_REGION, AWS_DEFAULT_REGION, the profile\'s]' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand events" -l profile -d 'The profile in AWS\'s configuration files [default: the file\'s, AWS_PROFILE]' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand events" -l assume-role -d 'Assume this role' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand events" -l endpoint-url -d 'Send all AWS calls to this endpoint (for testing)' -r -f
complete -c ecsctl -n "__fish_ecsctl_using_subcommand events" -l registry -d 'Use this registry instead of ECR (for testing): [http[s]://]HOST[:PORT]' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand events" -s o -l output -d 'Output format of the result on stdout' -r -f -a "text\t'Human-readable text'
json\t'One JSON document'
jsonl\t'One JSON event per line, as they happen'"
complete -c ecsctl -n "__fish_ecsctl_using_subcommand events" -l color -d 'When to use colors; auto respects NO_COLOR, CLICOLOR and CLICOLOR_FORCE' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c ecsctl -n "__fish_ecsctl_using_subcommand events" -s f -l follow -d 'Follow new ones until Ctrl-C'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand events" -l allow-unknown-fields -d 'Accept ECS API members that this version does not know'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand events" -s q -l quiet -d 'Show only the result, warnings and errors'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand events" -s v -l verbose -d 'Show more: build logs, full digests and ids'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand events" -l no-progress -d 'Show progress as lines instead of a live view'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand events" -l show-values -d 'Show environment values and sensitive fields instead of masking them'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand events" -s y -l yes -d 'Skip confirmations; without a terminal, rollback, stop, continue --rollback and delete need it'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand events" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand logs" -l since -d 'Only newer lines, including stopped tasks: 10m, 2h, 2026-11-20T14:00:00Z' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand logs" -s n -l tail -d 'Number of last lines per container [default: 100; with --since or --previous all]' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand logs" -l task -d 'Only this task, by the start of its id (repeatable)' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand logs" -l container -d 'Only this container (repeatable)' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand logs" -l grep -d 'Only lines matching this regular expression' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand logs" -l file -d 'The file to read [default: deploy.yaml in this folder or a parent, up to the git root]' -r -F
complete -c ecsctl -n "__fish_ecsctl_using_subcommand logs" -l var -d 'Set `${vars.NAME}`, overriding the file (repeatable) [env: ECSCTL_VAR_<NAME>]' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand logs" -l image -d 'Use this image instead of building and pushing one (repeatable)' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand logs" -l only -d 'Only these services and their images; for build and push, only these images (repeatable, comma-separated)' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand logs" -l region -d 'The region [default: the file\'s, AWS_REGION, AWS_DEFAULT_REGION, the profile\'s]' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand logs" -l profile -d 'The profile in AWS\'s configuration files [default: the file\'s, AWS_PROFILE]' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand logs" -l assume-role -d 'Assume this role' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand logs" -l endpoint-url -d 'Send all AWS calls to this endpoint (for testing)' -r -f
complete -c ecsctl -n "__fish_ecsctl_using_subcommand logs" -l registry -d 'Use this registry instead of ECR (for testing): [http[s]://]HOST[:PORT]' -r
complete -c ecsctl -n "__fish_ecsctl_using_subcommand logs" -s o -l output -d 'Output format of the result on stdout' -r -f -a "text\t'Human-readable text'
json\t'One JSON document'
jsonl\t'One JSON event per line, as they happen'"
complete -c ecsctl -n "__fish_ecsctl_using_subcommand logs" -l color -d 'When to use colors; auto respects NO_COLOR, CLICOLOR and CLICOLOR_FORCE' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c ecsctl -n "__fish_ecsctl_using_subcommand logs" -s f -l follow -d 'Follow new ones until Ctrl-C'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand logs" -l previous -d 'The tasks that failed last, or else those that stopped last'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand logs" -l allow-unknown-fields -d 'Accept ECS API members that this version does not know'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand logs" -s q -l quiet -d 'Show only the result, warnings and errors'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand logs" -s v -l verbose -d 'Show more: build logs, full digests and ids'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand logs" -l no-progress -d 'Show progress as lines instead of a live view'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand logs" -l show-values -d 'Show environment values and sensitive fields instead of masking them'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand logs" -s y -l yes -d 'Skip confirmations; without a terminal, rollback, stop, continue --rollback and delete need it'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand logs" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand help; and not __fish_seen_subcommand_from deploy build push register plan wait rollback stop continue status open scale restart delete tasks history render completions events logs help" -f -a "deploy" -d 'Build, push, register and deploy, and wait for the verdict'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand help; and not __fish_seen_subcommand_from deploy build push register plan wait rollback stop continue status open scale restart delete tasks history render completions events logs help" -f -a "build" -d 'Build the images without pushing them'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand help; and not __fish_seen_subcommand_from deploy build push register plan wait rollback stop continue status open scale restart delete tasks history render completions events logs help" -f -a "push" -d 'Build the images and push them to ECR'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand help; and not __fish_seen_subcommand_from deploy build push register plan wait rollback stop continue status open scale restart delete tasks history render completions events logs help" -f -a "register" -d 'Build, push and register task definitions, without deploying them'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand help; and not __fish_seen_subcommand_from deploy build push register plan wait rollback stop continue status open scale restart delete tasks history render completions events logs help" -f -a "plan" -d 'Show what deploy would change, without changing anything'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand help; and not __fish_seen_subcommand_from deploy build push register plan wait rollback stop continue status open scale restart delete tasks history render completions events logs help" -f -a "wait" -d 'Watch the deployment in progress, and report its result'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand help; and not __fish_seen_subcommand_from deploy build push register plan wait rollback stop continue status open scale restart delete tasks history render completions events logs help" -f -a "rollback" -d 'Roll back: stop the deployment in progress, or return to the last successful revision'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand help; and not __fish_seen_subcommand_from deploy build push register plan wait rollback stop continue status open scale restart delete tasks history render completions events logs help" -f -a "stop" -d 'Stop the deployment in progress: ECS rolls it back'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand help; and not __fish_seen_subcommand_from deploy build push register plan wait rollback stop continue status open scale restart delete tasks history render completions events logs help" -f -a "continue" -d 'Continue a paused deployment and watch it'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand help; and not __fish_seen_subcommand_from deploy build push register plan wait rollback stop continue status open scale restart delete tasks history render completions events logs help" -f -a "status" -d 'Show the status of services'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand help; and not __fish_seen_subcommand_from deploy build push register plan wait rollback stop continue status open scale restart delete tasks history render completions events logs help" -f -a "open" -d 'Open a service\'s address in a browser, or print it'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand help; and not __fish_seen_subcommand_from deploy build push register plan wait rollback stop continue status open scale restart delete tasks history render completions events logs help" -f -a "scale" -d 'Set the number of tasks of services, and watch until they run'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand help; and not __fish_seen_subcommand_from deploy build push register plan wait rollback stop continue status open scale restart delete tasks history render completions events logs help" -f -a "restart" -d 'Replace all tasks with new ones of the same task definition, and watch'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand help; and not __fish_seen_subcommand_from deploy build push register plan wait rollback stop continue status open scale restart delete tasks history render completions events logs help" -f -a "delete" -d 'Delete services and stop their tasks; leaves images, task definitions and log groups'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand help; and not __fish_seen_subcommand_from deploy build push register plan wait rollback stop continue status open scale restart delete tasks history render completions events logs help" -f -a "tasks" -d 'Show tasks, or why they stopped'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand help; and not __fish_seen_subcommand_from deploy build push register plan wait rollback stop continue status open scale restart delete tasks history render completions events logs help" -f -a "history" -d 'Show past deployments: when, by whom, and how they ended'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand help; and not __fish_seen_subcommand_from deploy build push register plan wait rollback stop continue status open scale restart delete tasks history render completions events logs help" -f -a "render" -d 'Print the resolved deploy.yaml as it is sent to AWS: defaults and ${…} filled in'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand help; and not __fish_seen_subcommand_from deploy build push register plan wait rollback stop continue status open scale restart delete tasks history render completions events logs help" -f -a "completions" -d 'Print shell completions'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand help; and not __fish_seen_subcommand_from deploy build push register plan wait rollback stop continue status open scale restart delete tasks history render completions events logs help" -f -a "events" -d 'Show service events, newest last'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand help; and not __fish_seen_subcommand_from deploy build push register plan wait rollback stop continue status open scale restart delete tasks history render completions events logs help" -f -a "logs" -d 'Show container logs from CloudWatch Logs'
complete -c ecsctl -n "__fish_ecsctl_using_subcommand help; and not __fish_seen_subcommand_from deploy build push register plan wait rollback stop continue status open scale restart delete tasks history render completions events logs help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
