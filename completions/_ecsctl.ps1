
using namespace System.Management.Automation
using namespace System.Management.Automation.Language

Register-ArgumentCompleter -Native -CommandName 'ecsctl' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    $commandElements = $commandAst.CommandElements
    $command = @(
        'ecsctl'
        for ($i = 1; $i -lt $commandElements.Count; $i++) {
            $element = $commandElements[$i]
            if ($element -isnot [StringConstantExpressionAst] -or
                $element.StringConstantType -ne [StringConstantType]::BareWord -or
                $element.Value.StartsWith('-') -or
                $element.Value -eq $wordToComplete) {
                break
        }
        $element.Value
    }) -join ';'

    $completions = @(switch ($command) {
        'ecsctl' {
            [CompletionResult]::new('-f', '-f', [CompletionResultType]::ParameterName, 'The file to read [default: deploy.yaml in this folder or a parent, up to the git root]')
            [CompletionResult]::new('--file', '--file', [CompletionResultType]::ParameterName, 'The file to read [default: deploy.yaml in this folder or a parent, up to the git root]')
            [CompletionResult]::new('--var', '--var', [CompletionResultType]::ParameterName, 'Set `${vars.NAME}`, overriding the file (repeatable) [env: ECSCTL_VAR_<NAME>]')
            [CompletionResult]::new('--image', '--image', [CompletionResultType]::ParameterName, 'Use this image instead of building and pushing one (repeatable)')
            [CompletionResult]::new('--only', '--only', [CompletionResultType]::ParameterName, 'Only these services and their images; for build and push, only these images (repeatable, comma-separated)')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'The region [default: the file''s, AWS_REGION, AWS_DEFAULT_REGION, the profile''s]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile in AWS''s configuration files [default: the file''s, AWS_PROFILE]')
            [CompletionResult]::new('--assume-role', '--assume-role', [CompletionResultType]::ParameterName, 'Assume this role')
            [CompletionResult]::new('--endpoint-url', '--endpoint-url', [CompletionResultType]::ParameterName, 'Send all AWS calls to this endpoint (for testing)')
            [CompletionResult]::new('--registry', '--registry', [CompletionResultType]::ParameterName, 'Use this registry instead of ECR (for testing): [http[s]://]HOST[:PORT]')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format of the result on stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format of the result on stdout')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colors; auto respects NO_COLOR, CLICOLOR and CLICOLOR_FORCE')
            [CompletionResult]::new('--allow-unknown-fields', '--allow-unknown-fields', [CompletionResultType]::ParameterName, 'Accept ECS API members that this version does not know')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Show only the result, warnings and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Show only the result, warnings and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show more: build logs, full digests and ids')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show more: build logs, full digests and ids')
            [CompletionResult]::new('--no-progress', '--no-progress', [CompletionResultType]::ParameterName, 'Show progress as lines instead of a live view')
            [CompletionResult]::new('--show-values', '--show-values', [CompletionResultType]::ParameterName, 'Show environment values and sensitive fields instead of masking them')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Skip confirmations; without a terminal, rollback, stop, continue --rollback and delete need it')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Skip confirmations; without a terminal, rollback, stop, continue --rollback and delete need it')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('deploy', 'deploy', [CompletionResultType]::ParameterValue, 'Build, push, register and deploy, and wait for the verdict')
            [CompletionResult]::new('build', 'build', [CompletionResultType]::ParameterValue, 'Build the images without pushing them')
            [CompletionResult]::new('push', 'push', [CompletionResultType]::ParameterValue, 'Build the images and push them to ECR')
            [CompletionResult]::new('register', 'register', [CompletionResultType]::ParameterValue, 'Build, push and register task definitions, without deploying them')
            [CompletionResult]::new('plan', 'plan', [CompletionResultType]::ParameterValue, 'Show what deploy would change, without changing anything')
            [CompletionResult]::new('wait', 'wait', [CompletionResultType]::ParameterValue, 'Watch the deployment in progress, and report its result')
            [CompletionResult]::new('rollback', 'rollback', [CompletionResultType]::ParameterValue, 'Roll back: stop the deployment in progress, or return to the last successful revision')
            [CompletionResult]::new('stop', 'stop', [CompletionResultType]::ParameterValue, 'Stop the deployment in progress: ECS rolls it back')
            [CompletionResult]::new('continue', 'continue', [CompletionResultType]::ParameterValue, 'Continue a paused deployment and watch it')
            [CompletionResult]::new('status', 'status', [CompletionResultType]::ParameterValue, 'Show the status of services')
            [CompletionResult]::new('open', 'open', [CompletionResultType]::ParameterValue, 'Open a service''s address in a browser, or print it')
            [CompletionResult]::new('scale', 'scale', [CompletionResultType]::ParameterValue, 'Set the number of tasks of services, and watch until they run')
            [CompletionResult]::new('restart', 'restart', [CompletionResultType]::ParameterValue, 'Replace all tasks with new ones of the same task definition, and watch')
            [CompletionResult]::new('delete', 'delete', [CompletionResultType]::ParameterValue, 'Delete services and stop their tasks; leaves images, task definitions and log groups')
            [CompletionResult]::new('tasks', 'tasks', [CompletionResultType]::ParameterValue, 'Show tasks, or why they stopped')
            [CompletionResult]::new('history', 'history', [CompletionResultType]::ParameterValue, 'Show past deployments: when, by whom, and how they ended')
            [CompletionResult]::new('render', 'render', [CompletionResultType]::ParameterValue, 'Print the resolved deploy.yaml as it is sent to AWS: defaults and ${…} filled in')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Print shell completions')
            [CompletionResult]::new('events', 'events', [CompletionResultType]::ParameterValue, 'Show service events, newest last')
            [CompletionResult]::new('logs', 'logs', [CompletionResultType]::ParameterValue, 'Show container logs from CloudWatch Logs')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'ecsctl;deploy' {
            [CompletionResult]::new('--until', '--until', [CompletionResultType]::ParameterName, 'What to wait for')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Stop waiting after this long (exit 6); the rollout continues [default: 15m plus the strategy''s own times]')
            [CompletionResult]::new('--settle', '--settle', [CompletionResultType]::ParameterName, 'How long to watch running tasks that have no health check')
            [CompletionResult]::new('-f', '-f', [CompletionResultType]::ParameterName, 'The file to read [default: deploy.yaml in this folder or a parent, up to the git root]')
            [CompletionResult]::new('--file', '--file', [CompletionResultType]::ParameterName, 'The file to read [default: deploy.yaml in this folder or a parent, up to the git root]')
            [CompletionResult]::new('--var', '--var', [CompletionResultType]::ParameterName, 'Set `${vars.NAME}`, overriding the file (repeatable) [env: ECSCTL_VAR_<NAME>]')
            [CompletionResult]::new('--image', '--image', [CompletionResultType]::ParameterName, 'Use this image instead of building and pushing one (repeatable)')
            [CompletionResult]::new('--only', '--only', [CompletionResultType]::ParameterName, 'Only these services and their images; for build and push, only these images (repeatable, comma-separated)')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'The region [default: the file''s, AWS_REGION, AWS_DEFAULT_REGION, the profile''s]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile in AWS''s configuration files [default: the file''s, AWS_PROFILE]')
            [CompletionResult]::new('--assume-role', '--assume-role', [CompletionResultType]::ParameterName, 'Assume this role')
            [CompletionResult]::new('--endpoint-url', '--endpoint-url', [CompletionResultType]::ParameterName, 'Send all AWS calls to this endpoint (for testing)')
            [CompletionResult]::new('--registry', '--registry', [CompletionResultType]::ParameterName, 'Use this registry instead of ECR (for testing): [http[s]://]HOST[:PORT]')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format of the result on stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format of the result on stdout')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colors; auto respects NO_COLOR, CLICOLOR and CLICOLOR_FORCE')
            [CompletionResult]::new('--create-cluster', '--create-cluster', [CompletionResultType]::ParameterName, 'Create the cluster if it is missing')
            [CompletionResult]::new('--force', '--force', [CompletionResultType]::ParameterName, 'Start a deployment even if nothing changes')
            [CompletionResult]::new('--rollback-on-failure', '--rollback-on-failure', [CompletionResultType]::ParameterName, 'Roll back to the last successful revision if the deployment fails and ECS does not roll back (exit 5)')
            [CompletionResult]::new('--wait-through-pause', '--wait-through-pause', [CompletionResultType]::ParameterName, 'Keep waiting when a lifecycle hook pauses the deployment, instead of exit 9')
            [CompletionResult]::new('--allow-unknown-fields', '--allow-unknown-fields', [CompletionResultType]::ParameterName, 'Accept ECS API members that this version does not know')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Show only the result, warnings and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Show only the result, warnings and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show more: build logs, full digests and ids')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show more: build logs, full digests and ids')
            [CompletionResult]::new('--no-progress', '--no-progress', [CompletionResultType]::ParameterName, 'Show progress as lines instead of a live view')
            [CompletionResult]::new('--show-values', '--show-values', [CompletionResultType]::ParameterName, 'Show environment values and sensitive fields instead of masking them')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Skip confirmations; without a terminal, rollback, stop, continue --rollback and delete need it')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Skip confirmations; without a terminal, rollback, stop, continue --rollback and delete need it')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'ecsctl;build' {
            [CompletionResult]::new('-f', '-f', [CompletionResultType]::ParameterName, 'The file to read [default: deploy.yaml in this folder or a parent, up to the git root]')
            [CompletionResult]::new('--file', '--file', [CompletionResultType]::ParameterName, 'The file to read [default: deploy.yaml in this folder or a parent, up to the git root]')
            [CompletionResult]::new('--var', '--var', [CompletionResultType]::ParameterName, 'Set `${vars.NAME}`, overriding the file (repeatable) [env: ECSCTL_VAR_<NAME>]')
            [CompletionResult]::new('--image', '--image', [CompletionResultType]::ParameterName, 'Use this image instead of building and pushing one (repeatable)')
            [CompletionResult]::new('--only', '--only', [CompletionResultType]::ParameterName, 'Only these services and their images; for build and push, only these images (repeatable, comma-separated)')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'The region [default: the file''s, AWS_REGION, AWS_DEFAULT_REGION, the profile''s]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile in AWS''s configuration files [default: the file''s, AWS_PROFILE]')
            [CompletionResult]::new('--assume-role', '--assume-role', [CompletionResultType]::ParameterName, 'Assume this role')
            [CompletionResult]::new('--endpoint-url', '--endpoint-url', [CompletionResultType]::ParameterName, 'Send all AWS calls to this endpoint (for testing)')
            [CompletionResult]::new('--registry', '--registry', [CompletionResultType]::ParameterName, 'Use this registry instead of ECR (for testing): [http[s]://]HOST[:PORT]')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format of the result on stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format of the result on stdout')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colors; auto respects NO_COLOR, CLICOLOR and CLICOLOR_FORCE')
            [CompletionResult]::new('--list-context', '--list-context', [CompletionResultType]::ParameterName, 'List the files of the build contexts with sizes, largest last, without building')
            [CompletionResult]::new('--allow-unknown-fields', '--allow-unknown-fields', [CompletionResultType]::ParameterName, 'Accept ECS API members that this version does not know')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Show only the result, warnings and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Show only the result, warnings and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show more: build logs, full digests and ids')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show more: build logs, full digests and ids')
            [CompletionResult]::new('--no-progress', '--no-progress', [CompletionResultType]::ParameterName, 'Show progress as lines instead of a live view')
            [CompletionResult]::new('--show-values', '--show-values', [CompletionResultType]::ParameterName, 'Show environment values and sensitive fields instead of masking them')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Skip confirmations; without a terminal, rollback, stop, continue --rollback and delete need it')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Skip confirmations; without a terminal, rollback, stop, continue --rollback and delete need it')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'ecsctl;push' {
            [CompletionResult]::new('-f', '-f', [CompletionResultType]::ParameterName, 'The file to read [default: deploy.yaml in this folder or a parent, up to the git root]')
            [CompletionResult]::new('--file', '--file', [CompletionResultType]::ParameterName, 'The file to read [default: deploy.yaml in this folder or a parent, up to the git root]')
            [CompletionResult]::new('--var', '--var', [CompletionResultType]::ParameterName, 'Set `${vars.NAME}`, overriding the file (repeatable) [env: ECSCTL_VAR_<NAME>]')
            [CompletionResult]::new('--image', '--image', [CompletionResultType]::ParameterName, 'Use this image instead of building and pushing one (repeatable)')
            [CompletionResult]::new('--only', '--only', [CompletionResultType]::ParameterName, 'Only these services and their images; for build and push, only these images (repeatable, comma-separated)')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'The region [default: the file''s, AWS_REGION, AWS_DEFAULT_REGION, the profile''s]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile in AWS''s configuration files [default: the file''s, AWS_PROFILE]')
            [CompletionResult]::new('--assume-role', '--assume-role', [CompletionResultType]::ParameterName, 'Assume this role')
            [CompletionResult]::new('--endpoint-url', '--endpoint-url', [CompletionResultType]::ParameterName, 'Send all AWS calls to this endpoint (for testing)')
            [CompletionResult]::new('--registry', '--registry', [CompletionResultType]::ParameterName, 'Use this registry instead of ECR (for testing): [http[s]://]HOST[:PORT]')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format of the result on stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format of the result on stdout')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colors; auto respects NO_COLOR, CLICOLOR and CLICOLOR_FORCE')
            [CompletionResult]::new('--allow-unknown-fields', '--allow-unknown-fields', [CompletionResultType]::ParameterName, 'Accept ECS API members that this version does not know')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Show only the result, warnings and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Show only the result, warnings and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show more: build logs, full digests and ids')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show more: build logs, full digests and ids')
            [CompletionResult]::new('--no-progress', '--no-progress', [CompletionResultType]::ParameterName, 'Show progress as lines instead of a live view')
            [CompletionResult]::new('--show-values', '--show-values', [CompletionResultType]::ParameterName, 'Show environment values and sensitive fields instead of masking them')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Skip confirmations; without a terminal, rollback, stop, continue --rollback and delete need it')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Skip confirmations; without a terminal, rollback, stop, continue --rollback and delete need it')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'ecsctl;register' {
            [CompletionResult]::new('-f', '-f', [CompletionResultType]::ParameterName, 'The file to read [default: deploy.yaml in this folder or a parent, up to the git root]')
            [CompletionResult]::new('--file', '--file', [CompletionResultType]::ParameterName, 'The file to read [default: deploy.yaml in this folder or a parent, up to the git root]')
            [CompletionResult]::new('--var', '--var', [CompletionResultType]::ParameterName, 'Set `${vars.NAME}`, overriding the file (repeatable) [env: ECSCTL_VAR_<NAME>]')
            [CompletionResult]::new('--image', '--image', [CompletionResultType]::ParameterName, 'Use this image instead of building and pushing one (repeatable)')
            [CompletionResult]::new('--only', '--only', [CompletionResultType]::ParameterName, 'Only these services and their images; for build and push, only these images (repeatable, comma-separated)')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'The region [default: the file''s, AWS_REGION, AWS_DEFAULT_REGION, the profile''s]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile in AWS''s configuration files [default: the file''s, AWS_PROFILE]')
            [CompletionResult]::new('--assume-role', '--assume-role', [CompletionResultType]::ParameterName, 'Assume this role')
            [CompletionResult]::new('--endpoint-url', '--endpoint-url', [CompletionResultType]::ParameterName, 'Send all AWS calls to this endpoint (for testing)')
            [CompletionResult]::new('--registry', '--registry', [CompletionResultType]::ParameterName, 'Use this registry instead of ECR (for testing): [http[s]://]HOST[:PORT]')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format of the result on stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format of the result on stdout')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colors; auto respects NO_COLOR, CLICOLOR and CLICOLOR_FORCE')
            [CompletionResult]::new('--allow-unknown-fields', '--allow-unknown-fields', [CompletionResultType]::ParameterName, 'Accept ECS API members that this version does not know')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Show only the result, warnings and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Show only the result, warnings and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show more: build logs, full digests and ids')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show more: build logs, full digests and ids')
            [CompletionResult]::new('--no-progress', '--no-progress', [CompletionResultType]::ParameterName, 'Show progress as lines instead of a live view')
            [CompletionResult]::new('--show-values', '--show-values', [CompletionResultType]::ParameterName, 'Show environment values and sensitive fields instead of masking them')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Skip confirmations; without a terminal, rollback, stop, continue --rollback and delete need it')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Skip confirmations; without a terminal, rollback, stop, continue --rollback and delete need it')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'ecsctl;plan' {
            [CompletionResult]::new('-f', '-f', [CompletionResultType]::ParameterName, 'The file to read [default: deploy.yaml in this folder or a parent, up to the git root]')
            [CompletionResult]::new('--file', '--file', [CompletionResultType]::ParameterName, 'The file to read [default: deploy.yaml in this folder or a parent, up to the git root]')
            [CompletionResult]::new('--var', '--var', [CompletionResultType]::ParameterName, 'Set `${vars.NAME}`, overriding the file (repeatable) [env: ECSCTL_VAR_<NAME>]')
            [CompletionResult]::new('--image', '--image', [CompletionResultType]::ParameterName, 'Use this image instead of building and pushing one (repeatable)')
            [CompletionResult]::new('--only', '--only', [CompletionResultType]::ParameterName, 'Only these services and their images; for build and push, only these images (repeatable, comma-separated)')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'The region [default: the file''s, AWS_REGION, AWS_DEFAULT_REGION, the profile''s]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile in AWS''s configuration files [default: the file''s, AWS_PROFILE]')
            [CompletionResult]::new('--assume-role', '--assume-role', [CompletionResultType]::ParameterName, 'Assume this role')
            [CompletionResult]::new('--endpoint-url', '--endpoint-url', [CompletionResultType]::ParameterName, 'Send all AWS calls to this endpoint (for testing)')
            [CompletionResult]::new('--registry', '--registry', [CompletionResultType]::ParameterName, 'Use this registry instead of ECR (for testing): [http[s]://]HOST[:PORT]')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format of the result on stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format of the result on stdout')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colors; auto respects NO_COLOR, CLICOLOR and CLICOLOR_FORCE')
            [CompletionResult]::new('--create-cluster', '--create-cluster', [CompletionResultType]::ParameterName, 'Plan the cluster, too, if it is missing')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'Exit 8 if there are changes')
            [CompletionResult]::new('--no-build', '--no-build', [CompletionResultType]::ParameterName, 'Don''t build; images are known after build')
            [CompletionResult]::new('--allow-unknown-fields', '--allow-unknown-fields', [CompletionResultType]::ParameterName, 'Accept ECS API members that this version does not know')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Show only the result, warnings and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Show only the result, warnings and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show more: build logs, full digests and ids')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show more: build logs, full digests and ids')
            [CompletionResult]::new('--no-progress', '--no-progress', [CompletionResultType]::ParameterName, 'Show progress as lines instead of a live view')
            [CompletionResult]::new('--show-values', '--show-values', [CompletionResultType]::ParameterName, 'Show environment values and sensitive fields instead of masking them')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Skip confirmations; without a terminal, rollback, stop, continue --rollback and delete need it')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Skip confirmations; without a terminal, rollback, stop, continue --rollback and delete need it')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'ecsctl;wait' {
            [CompletionResult]::new('--until', '--until', [CompletionResultType]::ParameterName, 'What to wait for')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Stop waiting after this long (exit 6); the rollout continues [default: 15m plus the strategy''s own times]')
            [CompletionResult]::new('--settle', '--settle', [CompletionResultType]::ParameterName, 'How long to watch running tasks that have no health check')
            [CompletionResult]::new('-f', '-f', [CompletionResultType]::ParameterName, 'The file to read [default: deploy.yaml in this folder or a parent, up to the git root]')
            [CompletionResult]::new('--file', '--file', [CompletionResultType]::ParameterName, 'The file to read [default: deploy.yaml in this folder or a parent, up to the git root]')
            [CompletionResult]::new('--var', '--var', [CompletionResultType]::ParameterName, 'Set `${vars.NAME}`, overriding the file (repeatable) [env: ECSCTL_VAR_<NAME>]')
            [CompletionResult]::new('--image', '--image', [CompletionResultType]::ParameterName, 'Use this image instead of building and pushing one (repeatable)')
            [CompletionResult]::new('--only', '--only', [CompletionResultType]::ParameterName, 'Only these services and their images; for build and push, only these images (repeatable, comma-separated)')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'The region [default: the file''s, AWS_REGION, AWS_DEFAULT_REGION, the profile''s]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile in AWS''s configuration files [default: the file''s, AWS_PROFILE]')
            [CompletionResult]::new('--assume-role', '--assume-role', [CompletionResultType]::ParameterName, 'Assume this role')
            [CompletionResult]::new('--endpoint-url', '--endpoint-url', [CompletionResultType]::ParameterName, 'Send all AWS calls to this endpoint (for testing)')
            [CompletionResult]::new('--registry', '--registry', [CompletionResultType]::ParameterName, 'Use this registry instead of ECR (for testing): [http[s]://]HOST[:PORT]')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format of the result on stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format of the result on stdout')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colors; auto respects NO_COLOR, CLICOLOR and CLICOLOR_FORCE')
            [CompletionResult]::new('--wait-through-pause', '--wait-through-pause', [CompletionResultType]::ParameterName, 'Keep waiting when a lifecycle hook pauses the deployment, instead of exit 9')
            [CompletionResult]::new('--allow-unknown-fields', '--allow-unknown-fields', [CompletionResultType]::ParameterName, 'Accept ECS API members that this version does not know')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Show only the result, warnings and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Show only the result, warnings and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show more: build logs, full digests and ids')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show more: build logs, full digests and ids')
            [CompletionResult]::new('--no-progress', '--no-progress', [CompletionResultType]::ParameterName, 'Show progress as lines instead of a live view')
            [CompletionResult]::new('--show-values', '--show-values', [CompletionResultType]::ParameterName, 'Show environment values and sensitive fields instead of masking them')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Skip confirmations; without a terminal, rollback, stop, continue --rollback and delete need it')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Skip confirmations; without a terminal, rollback, stop, continue --rollback and delete need it')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'ecsctl;rollback' {
            [CompletionResult]::new('--to', '--to', [CompletionResultType]::ParameterName, 'Roll back to this revision: a number, FAMILY:NUMBER, an ARN, or a deployment''s ecs-svc/NUMBER')
            [CompletionResult]::new('--until', '--until', [CompletionResultType]::ParameterName, 'What to wait for')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Stop waiting after this long (exit 6); the rollout continues [default: 15m plus the strategy''s own times]')
            [CompletionResult]::new('--settle', '--settle', [CompletionResultType]::ParameterName, 'How long to watch running tasks that have no health check')
            [CompletionResult]::new('-f', '-f', [CompletionResultType]::ParameterName, 'The file to read [default: deploy.yaml in this folder or a parent, up to the git root]')
            [CompletionResult]::new('--file', '--file', [CompletionResultType]::ParameterName, 'The file to read [default: deploy.yaml in this folder or a parent, up to the git root]')
            [CompletionResult]::new('--var', '--var', [CompletionResultType]::ParameterName, 'Set `${vars.NAME}`, overriding the file (repeatable) [env: ECSCTL_VAR_<NAME>]')
            [CompletionResult]::new('--image', '--image', [CompletionResultType]::ParameterName, 'Use this image instead of building and pushing one (repeatable)')
            [CompletionResult]::new('--only', '--only', [CompletionResultType]::ParameterName, 'Only these services and their images; for build and push, only these images (repeatable, comma-separated)')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'The region [default: the file''s, AWS_REGION, AWS_DEFAULT_REGION, the profile''s]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile in AWS''s configuration files [default: the file''s, AWS_PROFILE]')
            [CompletionResult]::new('--assume-role', '--assume-role', [CompletionResultType]::ParameterName, 'Assume this role')
            [CompletionResult]::new('--endpoint-url', '--endpoint-url', [CompletionResultType]::ParameterName, 'Send all AWS calls to this endpoint (for testing)')
            [CompletionResult]::new('--registry', '--registry', [CompletionResultType]::ParameterName, 'Use this registry instead of ECR (for testing): [http[s]://]HOST[:PORT]')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format of the result on stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format of the result on stdout')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colors; auto respects NO_COLOR, CLICOLOR and CLICOLOR_FORCE')
            [CompletionResult]::new('--wait-through-pause', '--wait-through-pause', [CompletionResultType]::ParameterName, 'Keep waiting when a lifecycle hook pauses the deployment, instead of exit 9')
            [CompletionResult]::new('--allow-unknown-fields', '--allow-unknown-fields', [CompletionResultType]::ParameterName, 'Accept ECS API members that this version does not know')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Show only the result, warnings and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Show only the result, warnings and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show more: build logs, full digests and ids')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show more: build logs, full digests and ids')
            [CompletionResult]::new('--no-progress', '--no-progress', [CompletionResultType]::ParameterName, 'Show progress as lines instead of a live view')
            [CompletionResult]::new('--show-values', '--show-values', [CompletionResultType]::ParameterName, 'Show environment values and sensitive fields instead of masking them')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Skip confirmations; without a terminal, rollback, stop, continue --rollback and delete need it')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Skip confirmations; without a terminal, rollback, stop, continue --rollback and delete need it')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'ecsctl;stop' {
            [CompletionResult]::new('--until', '--until', [CompletionResultType]::ParameterName, 'What to wait for')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Stop waiting after this long (exit 6); the rollout continues [default: 15m plus the strategy''s own times]')
            [CompletionResult]::new('--settle', '--settle', [CompletionResultType]::ParameterName, 'How long to watch running tasks that have no health check')
            [CompletionResult]::new('-f', '-f', [CompletionResultType]::ParameterName, 'The file to read [default: deploy.yaml in this folder or a parent, up to the git root]')
            [CompletionResult]::new('--file', '--file', [CompletionResultType]::ParameterName, 'The file to read [default: deploy.yaml in this folder or a parent, up to the git root]')
            [CompletionResult]::new('--var', '--var', [CompletionResultType]::ParameterName, 'Set `${vars.NAME}`, overriding the file (repeatable) [env: ECSCTL_VAR_<NAME>]')
            [CompletionResult]::new('--image', '--image', [CompletionResultType]::ParameterName, 'Use this image instead of building and pushing one (repeatable)')
            [CompletionResult]::new('--only', '--only', [CompletionResultType]::ParameterName, 'Only these services and their images; for build and push, only these images (repeatable, comma-separated)')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'The region [default: the file''s, AWS_REGION, AWS_DEFAULT_REGION, the profile''s]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile in AWS''s configuration files [default: the file''s, AWS_PROFILE]')
            [CompletionResult]::new('--assume-role', '--assume-role', [CompletionResultType]::ParameterName, 'Assume this role')
            [CompletionResult]::new('--endpoint-url', '--endpoint-url', [CompletionResultType]::ParameterName, 'Send all AWS calls to this endpoint (for testing)')
            [CompletionResult]::new('--registry', '--registry', [CompletionResultType]::ParameterName, 'Use this registry instead of ECR (for testing): [http[s]://]HOST[:PORT]')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format of the result on stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format of the result on stdout')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colors; auto respects NO_COLOR, CLICOLOR and CLICOLOR_FORCE')
            [CompletionResult]::new('--wait-through-pause', '--wait-through-pause', [CompletionResultType]::ParameterName, 'Keep waiting when a lifecycle hook pauses the deployment, instead of exit 9')
            [CompletionResult]::new('--allow-unknown-fields', '--allow-unknown-fields', [CompletionResultType]::ParameterName, 'Accept ECS API members that this version does not know')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Show only the result, warnings and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Show only the result, warnings and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show more: build logs, full digests and ids')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show more: build logs, full digests and ids')
            [CompletionResult]::new('--no-progress', '--no-progress', [CompletionResultType]::ParameterName, 'Show progress as lines instead of a live view')
            [CompletionResult]::new('--show-values', '--show-values', [CompletionResultType]::ParameterName, 'Show environment values and sensitive fields instead of masking them')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Skip confirmations; without a terminal, rollback, stop, continue --rollback and delete need it')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Skip confirmations; without a terminal, rollback, stop, continue --rollback and delete need it')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'ecsctl;continue' {
            [CompletionResult]::new('--until', '--until', [CompletionResultType]::ParameterName, 'What to wait for')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Stop waiting after this long (exit 6); the rollout continues [default: 15m plus the strategy''s own times]')
            [CompletionResult]::new('--settle', '--settle', [CompletionResultType]::ParameterName, 'How long to watch running tasks that have no health check')
            [CompletionResult]::new('-f', '-f', [CompletionResultType]::ParameterName, 'The file to read [default: deploy.yaml in this folder or a parent, up to the git root]')
            [CompletionResult]::new('--file', '--file', [CompletionResultType]::ParameterName, 'The file to read [default: deploy.yaml in this folder or a parent, up to the git root]')
            [CompletionResult]::new('--var', '--var', [CompletionResultType]::ParameterName, 'Set `${vars.NAME}`, overriding the file (repeatable) [env: ECSCTL_VAR_<NAME>]')
            [CompletionResult]::new('--image', '--image', [CompletionResultType]::ParameterName, 'Use this image instead of building and pushing one (repeatable)')
            [CompletionResult]::new('--only', '--only', [CompletionResultType]::ParameterName, 'Only these services and their images; for build and push, only these images (repeatable, comma-separated)')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'The region [default: the file''s, AWS_REGION, AWS_DEFAULT_REGION, the profile''s]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile in AWS''s configuration files [default: the file''s, AWS_PROFILE]')
            [CompletionResult]::new('--assume-role', '--assume-role', [CompletionResultType]::ParameterName, 'Assume this role')
            [CompletionResult]::new('--endpoint-url', '--endpoint-url', [CompletionResultType]::ParameterName, 'Send all AWS calls to this endpoint (for testing)')
            [CompletionResult]::new('--registry', '--registry', [CompletionResultType]::ParameterName, 'Use this registry instead of ECR (for testing): [http[s]://]HOST[:PORT]')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format of the result on stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format of the result on stdout')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colors; auto respects NO_COLOR, CLICOLOR and CLICOLOR_FORCE')
            [CompletionResult]::new('--rollback', '--rollback', [CompletionResultType]::ParameterName, 'Reject the deployment: roll it back')
            [CompletionResult]::new('--wait-through-pause', '--wait-through-pause', [CompletionResultType]::ParameterName, 'Keep waiting when a lifecycle hook pauses the deployment, instead of exit 9')
            [CompletionResult]::new('--allow-unknown-fields', '--allow-unknown-fields', [CompletionResultType]::ParameterName, 'Accept ECS API members that this version does not know')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Show only the result, warnings and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Show only the result, warnings and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show more: build logs, full digests and ids')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show more: build logs, full digests and ids')
            [CompletionResult]::new('--no-progress', '--no-progress', [CompletionResultType]::ParameterName, 'Show progress as lines instead of a live view')
            [CompletionResult]::new('--show-values', '--show-values', [CompletionResultType]::ParameterName, 'Show environment values and sensitive fields instead of masking them')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Skip confirmations; without a terminal, rollback, stop, continue --rollback and delete need it')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Skip confirmations; without a terminal, rollback, stop, continue --rollback and delete need it')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'ecsctl;status' {
            [CompletionResult]::new('-f', '-f', [CompletionResultType]::ParameterName, 'The file to read [default: deploy.yaml in this folder or a parent, up to the git root]')
            [CompletionResult]::new('--file', '--file', [CompletionResultType]::ParameterName, 'The file to read [default: deploy.yaml in this folder or a parent, up to the git root]')
            [CompletionResult]::new('--var', '--var', [CompletionResultType]::ParameterName, 'Set `${vars.NAME}`, overriding the file (repeatable) [env: ECSCTL_VAR_<NAME>]')
            [CompletionResult]::new('--image', '--image', [CompletionResultType]::ParameterName, 'Use this image instead of building and pushing one (repeatable)')
            [CompletionResult]::new('--only', '--only', [CompletionResultType]::ParameterName, 'Only these services and their images; for build and push, only these images (repeatable, comma-separated)')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'The region [default: the file''s, AWS_REGION, AWS_DEFAULT_REGION, the profile''s]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile in AWS''s configuration files [default: the file''s, AWS_PROFILE]')
            [CompletionResult]::new('--assume-role', '--assume-role', [CompletionResultType]::ParameterName, 'Assume this role')
            [CompletionResult]::new('--endpoint-url', '--endpoint-url', [CompletionResultType]::ParameterName, 'Send all AWS calls to this endpoint (for testing)')
            [CompletionResult]::new('--registry', '--registry', [CompletionResultType]::ParameterName, 'Use this registry instead of ECR (for testing): [http[s]://]HOST[:PORT]')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format of the result on stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format of the result on stdout')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colors; auto respects NO_COLOR, CLICOLOR and CLICOLOR_FORCE')
            [CompletionResult]::new('-w', '-w', [CompletionResultType]::ParameterName, 'Keep updating until Ctrl-C: in place on a terminal, a line per change elsewhere')
            [CompletionResult]::new('--watch', '--watch', [CompletionResultType]::ParameterName, 'Keep updating until Ctrl-C: in place on a terminal, a line per change elsewhere')
            [CompletionResult]::new('--allow-unknown-fields', '--allow-unknown-fields', [CompletionResultType]::ParameterName, 'Accept ECS API members that this version does not know')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Show only the result, warnings and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Show only the result, warnings and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show more: build logs, full digests and ids')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show more: build logs, full digests and ids')
            [CompletionResult]::new('--no-progress', '--no-progress', [CompletionResultType]::ParameterName, 'Show progress as lines instead of a live view')
            [CompletionResult]::new('--show-values', '--show-values', [CompletionResultType]::ParameterName, 'Show environment values and sensitive fields instead of masking them')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Skip confirmations; without a terminal, rollback, stop, continue --rollback and delete need it')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Skip confirmations; without a terminal, rollback, stop, continue --rollback and delete need it')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'ecsctl;open' {
            [CompletionResult]::new('-f', '-f', [CompletionResultType]::ParameterName, 'The file to read [default: deploy.yaml in this folder or a parent, up to the git root]')
            [CompletionResult]::new('--file', '--file', [CompletionResultType]::ParameterName, 'The file to read [default: deploy.yaml in this folder or a parent, up to the git root]')
            [CompletionResult]::new('--var', '--var', [CompletionResultType]::ParameterName, 'Set `${vars.NAME}`, overriding the file (repeatable) [env: ECSCTL_VAR_<NAME>]')
            [CompletionResult]::new('--image', '--image', [CompletionResultType]::ParameterName, 'Use this image instead of building and pushing one (repeatable)')
            [CompletionResult]::new('--only', '--only', [CompletionResultType]::ParameterName, 'Only these services and their images; for build and push, only these images (repeatable, comma-separated)')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'The region [default: the file''s, AWS_REGION, AWS_DEFAULT_REGION, the profile''s]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile in AWS''s configuration files [default: the file''s, AWS_PROFILE]')
            [CompletionResult]::new('--assume-role', '--assume-role', [CompletionResultType]::ParameterName, 'Assume this role')
            [CompletionResult]::new('--endpoint-url', '--endpoint-url', [CompletionResultType]::ParameterName, 'Send all AWS calls to this endpoint (for testing)')
            [CompletionResult]::new('--registry', '--registry', [CompletionResultType]::ParameterName, 'Use this registry instead of ECR (for testing): [http[s]://]HOST[:PORT]')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format of the result on stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format of the result on stdout')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colors; auto respects NO_COLOR, CLICOLOR and CLICOLOR_FORCE')
            [CompletionResult]::new('--allow-unknown-fields', '--allow-unknown-fields', [CompletionResultType]::ParameterName, 'Accept ECS API members that this version does not know')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Show only the result, warnings and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Show only the result, warnings and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show more: build logs, full digests and ids')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show more: build logs, full digests and ids')
            [CompletionResult]::new('--no-progress', '--no-progress', [CompletionResultType]::ParameterName, 'Show progress as lines instead of a live view')
            [CompletionResult]::new('--show-values', '--show-values', [CompletionResultType]::ParameterName, 'Show environment values and sensitive fields instead of masking them')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Skip confirmations; without a terminal, rollback, stop, continue --rollback and delete need it')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Skip confirmations; without a terminal, rollback, stop, continue --rollback and delete need it')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'ecsctl;scale' {
            [CompletionResult]::new('--until', '--until', [CompletionResultType]::ParameterName, 'What to wait for')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Stop waiting after this long (exit 6); the rollout continues [default: 15m plus the strategy''s own times]')
            [CompletionResult]::new('--settle', '--settle', [CompletionResultType]::ParameterName, 'How long to watch running tasks that have no health check')
            [CompletionResult]::new('-f', '-f', [CompletionResultType]::ParameterName, 'The file to read [default: deploy.yaml in this folder or a parent, up to the git root]')
            [CompletionResult]::new('--file', '--file', [CompletionResultType]::ParameterName, 'The file to read [default: deploy.yaml in this folder or a parent, up to the git root]')
            [CompletionResult]::new('--var', '--var', [CompletionResultType]::ParameterName, 'Set `${vars.NAME}`, overriding the file (repeatable) [env: ECSCTL_VAR_<NAME>]')
            [CompletionResult]::new('--image', '--image', [CompletionResultType]::ParameterName, 'Use this image instead of building and pushing one (repeatable)')
            [CompletionResult]::new('--only', '--only', [CompletionResultType]::ParameterName, 'Only these services and their images; for build and push, only these images (repeatable, comma-separated)')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'The region [default: the file''s, AWS_REGION, AWS_DEFAULT_REGION, the profile''s]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile in AWS''s configuration files [default: the file''s, AWS_PROFILE]')
            [CompletionResult]::new('--assume-role', '--assume-role', [CompletionResultType]::ParameterName, 'Assume this role')
            [CompletionResult]::new('--endpoint-url', '--endpoint-url', [CompletionResultType]::ParameterName, 'Send all AWS calls to this endpoint (for testing)')
            [CompletionResult]::new('--registry', '--registry', [CompletionResultType]::ParameterName, 'Use this registry instead of ECR (for testing): [http[s]://]HOST[:PORT]')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format of the result on stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format of the result on stdout')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colors; auto respects NO_COLOR, CLICOLOR and CLICOLOR_FORCE')
            [CompletionResult]::new('--wait-through-pause', '--wait-through-pause', [CompletionResultType]::ParameterName, 'Keep waiting when a lifecycle hook pauses the deployment, instead of exit 9')
            [CompletionResult]::new('--allow-unknown-fields', '--allow-unknown-fields', [CompletionResultType]::ParameterName, 'Accept ECS API members that this version does not know')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Show only the result, warnings and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Show only the result, warnings and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show more: build logs, full digests and ids')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show more: build logs, full digests and ids')
            [CompletionResult]::new('--no-progress', '--no-progress', [CompletionResultType]::ParameterName, 'Show progress as lines instead of a live view')
            [CompletionResult]::new('--show-values', '--show-values', [CompletionResultType]::ParameterName, 'Show environment values and sensitive fields instead of masking them')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Skip confirmations; without a terminal, rollback, stop, continue --rollback and delete need it')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Skip confirmations; without a terminal, rollback, stop, continue --rollback and delete need it')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'ecsctl;restart' {
            [CompletionResult]::new('--until', '--until', [CompletionResultType]::ParameterName, 'What to wait for')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Stop waiting after this long (exit 6); the rollout continues [default: 15m plus the strategy''s own times]')
            [CompletionResult]::new('--settle', '--settle', [CompletionResultType]::ParameterName, 'How long to watch running tasks that have no health check')
            [CompletionResult]::new('-f', '-f', [CompletionResultType]::ParameterName, 'The file to read [default: deploy.yaml in this folder or a parent, up to the git root]')
            [CompletionResult]::new('--file', '--file', [CompletionResultType]::ParameterName, 'The file to read [default: deploy.yaml in this folder or a parent, up to the git root]')
            [CompletionResult]::new('--var', '--var', [CompletionResultType]::ParameterName, 'Set `${vars.NAME}`, overriding the file (repeatable) [env: ECSCTL_VAR_<NAME>]')
            [CompletionResult]::new('--image', '--image', [CompletionResultType]::ParameterName, 'Use this image instead of building and pushing one (repeatable)')
            [CompletionResult]::new('--only', '--only', [CompletionResultType]::ParameterName, 'Only these services and their images; for build and push, only these images (repeatable, comma-separated)')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'The region [default: the file''s, AWS_REGION, AWS_DEFAULT_REGION, the profile''s]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile in AWS''s configuration files [default: the file''s, AWS_PROFILE]')
            [CompletionResult]::new('--assume-role', '--assume-role', [CompletionResultType]::ParameterName, 'Assume this role')
            [CompletionResult]::new('--endpoint-url', '--endpoint-url', [CompletionResultType]::ParameterName, 'Send all AWS calls to this endpoint (for testing)')
            [CompletionResult]::new('--registry', '--registry', [CompletionResultType]::ParameterName, 'Use this registry instead of ECR (for testing): [http[s]://]HOST[:PORT]')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format of the result on stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format of the result on stdout')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colors; auto respects NO_COLOR, CLICOLOR and CLICOLOR_FORCE')
            [CompletionResult]::new('--wait-through-pause', '--wait-through-pause', [CompletionResultType]::ParameterName, 'Keep waiting when a lifecycle hook pauses the deployment, instead of exit 9')
            [CompletionResult]::new('--allow-unknown-fields', '--allow-unknown-fields', [CompletionResultType]::ParameterName, 'Accept ECS API members that this version does not know')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Show only the result, warnings and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Show only the result, warnings and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show more: build logs, full digests and ids')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show more: build logs, full digests and ids')
            [CompletionResult]::new('--no-progress', '--no-progress', [CompletionResultType]::ParameterName, 'Show progress as lines instead of a live view')
            [CompletionResult]::new('--show-values', '--show-values', [CompletionResultType]::ParameterName, 'Show environment values and sensitive fields instead of masking them')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Skip confirmations; without a terminal, rollback, stop, continue --rollback and delete need it')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Skip confirmations; without a terminal, rollback, stop, continue --rollback and delete need it')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'ecsctl;delete' {
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Stop waiting after this long (exit 6); the tasks keep stopping')
            [CompletionResult]::new('-f', '-f', [CompletionResultType]::ParameterName, 'The file to read [default: deploy.yaml in this folder or a parent, up to the git root]')
            [CompletionResult]::new('--file', '--file', [CompletionResultType]::ParameterName, 'The file to read [default: deploy.yaml in this folder or a parent, up to the git root]')
            [CompletionResult]::new('--var', '--var', [CompletionResultType]::ParameterName, 'Set `${vars.NAME}`, overriding the file (repeatable) [env: ECSCTL_VAR_<NAME>]')
            [CompletionResult]::new('--image', '--image', [CompletionResultType]::ParameterName, 'Use this image instead of building and pushing one (repeatable)')
            [CompletionResult]::new('--only', '--only', [CompletionResultType]::ParameterName, 'Only these services and their images; for build and push, only these images (repeatable, comma-separated)')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'The region [default: the file''s, AWS_REGION, AWS_DEFAULT_REGION, the profile''s]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile in AWS''s configuration files [default: the file''s, AWS_PROFILE]')
            [CompletionResult]::new('--assume-role', '--assume-role', [CompletionResultType]::ParameterName, 'Assume this role')
            [CompletionResult]::new('--endpoint-url', '--endpoint-url', [CompletionResultType]::ParameterName, 'Send all AWS calls to this endpoint (for testing)')
            [CompletionResult]::new('--registry', '--registry', [CompletionResultType]::ParameterName, 'Use this registry instead of ECR (for testing): [http[s]://]HOST[:PORT]')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format of the result on stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format of the result on stdout')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colors; auto respects NO_COLOR, CLICOLOR and CLICOLOR_FORCE')
            [CompletionResult]::new('--all', '--all', [CompletionResultType]::ParameterName, 'Every service in deploy.yaml')
            [CompletionResult]::new('--allow-unknown-fields', '--allow-unknown-fields', [CompletionResultType]::ParameterName, 'Accept ECS API members that this version does not know')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Show only the result, warnings and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Show only the result, warnings and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show more: build logs, full digests and ids')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show more: build logs, full digests and ids')
            [CompletionResult]::new('--no-progress', '--no-progress', [CompletionResultType]::ParameterName, 'Show progress as lines instead of a live view')
            [CompletionResult]::new('--show-values', '--show-values', [CompletionResultType]::ParameterName, 'Show environment values and sensitive fields instead of masking them')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Skip confirmations; without a terminal, rollback, stop, continue --rollback and delete need it')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Skip confirmations; without a terminal, rollback, stop, continue --rollback and delete need it')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'ecsctl;tasks' {
            [CompletionResult]::new('-f', '-f', [CompletionResultType]::ParameterName, 'The file to read [default: deploy.yaml in this folder or a parent, up to the git root]')
            [CompletionResult]::new('--file', '--file', [CompletionResultType]::ParameterName, 'The file to read [default: deploy.yaml in this folder or a parent, up to the git root]')
            [CompletionResult]::new('--var', '--var', [CompletionResultType]::ParameterName, 'Set `${vars.NAME}`, overriding the file (repeatable) [env: ECSCTL_VAR_<NAME>]')
            [CompletionResult]::new('--image', '--image', [CompletionResultType]::ParameterName, 'Use this image instead of building and pushing one (repeatable)')
            [CompletionResult]::new('--only', '--only', [CompletionResultType]::ParameterName, 'Only these services and their images; for build and push, only these images (repeatable, comma-separated)')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'The region [default: the file''s, AWS_REGION, AWS_DEFAULT_REGION, the profile''s]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile in AWS''s configuration files [default: the file''s, AWS_PROFILE]')
            [CompletionResult]::new('--assume-role', '--assume-role', [CompletionResultType]::ParameterName, 'Assume this role')
            [CompletionResult]::new('--endpoint-url', '--endpoint-url', [CompletionResultType]::ParameterName, 'Send all AWS calls to this endpoint (for testing)')
            [CompletionResult]::new('--registry', '--registry', [CompletionResultType]::ParameterName, 'Use this registry instead of ECR (for testing): [http[s]://]HOST[:PORT]')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format of the result on stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format of the result on stdout')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colors; auto respects NO_COLOR, CLICOLOR and CLICOLOR_FORCE')
            [CompletionResult]::new('--stopped', '--stopped', [CompletionResultType]::ParameterName, 'Show stopped tasks and their reasons; ECS keeps them for about an hour')
            [CompletionResult]::new('--allow-unknown-fields', '--allow-unknown-fields', [CompletionResultType]::ParameterName, 'Accept ECS API members that this version does not know')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Show only the result, warnings and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Show only the result, warnings and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show more: build logs, full digests and ids')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show more: build logs, full digests and ids')
            [CompletionResult]::new('--no-progress', '--no-progress', [CompletionResultType]::ParameterName, 'Show progress as lines instead of a live view')
            [CompletionResult]::new('--show-values', '--show-values', [CompletionResultType]::ParameterName, 'Show environment values and sensitive fields instead of masking them')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Skip confirmations; without a terminal, rollback, stop, continue --rollback and delete need it')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Skip confirmations; without a terminal, rollback, stop, continue --rollback and delete need it')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'ecsctl;history' {
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'Number of deployments per service')
            [CompletionResult]::new('-f', '-f', [CompletionResultType]::ParameterName, 'The file to read [default: deploy.yaml in this folder or a parent, up to the git root]')
            [CompletionResult]::new('--file', '--file', [CompletionResultType]::ParameterName, 'The file to read [default: deploy.yaml in this folder or a parent, up to the git root]')
            [CompletionResult]::new('--var', '--var', [CompletionResultType]::ParameterName, 'Set `${vars.NAME}`, overriding the file (repeatable) [env: ECSCTL_VAR_<NAME>]')
            [CompletionResult]::new('--image', '--image', [CompletionResultType]::ParameterName, 'Use this image instead of building and pushing one (repeatable)')
            [CompletionResult]::new('--only', '--only', [CompletionResultType]::ParameterName, 'Only these services and their images; for build and push, only these images (repeatable, comma-separated)')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'The region [default: the file''s, AWS_REGION, AWS_DEFAULT_REGION, the profile''s]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile in AWS''s configuration files [default: the file''s, AWS_PROFILE]')
            [CompletionResult]::new('--assume-role', '--assume-role', [CompletionResultType]::ParameterName, 'Assume this role')
            [CompletionResult]::new('--endpoint-url', '--endpoint-url', [CompletionResultType]::ParameterName, 'Send all AWS calls to this endpoint (for testing)')
            [CompletionResult]::new('--registry', '--registry', [CompletionResultType]::ParameterName, 'Use this registry instead of ECR (for testing): [http[s]://]HOST[:PORT]')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format of the result on stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format of the result on stdout')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colors; auto respects NO_COLOR, CLICOLOR and CLICOLOR_FORCE')
            [CompletionResult]::new('--allow-unknown-fields', '--allow-unknown-fields', [CompletionResultType]::ParameterName, 'Accept ECS API members that this version does not know')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Show only the result, warnings and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Show only the result, warnings and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show more: build logs, full digests and ids')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show more: build logs, full digests and ids')
            [CompletionResult]::new('--no-progress', '--no-progress', [CompletionResultType]::ParameterName, 'Show progress as lines instead of a live view')
            [CompletionResult]::new('--show-values', '--show-values', [CompletionResultType]::ParameterName, 'Show environment values and sensitive fields instead of masking them')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Skip confirmations; without a terminal, rollback, stop, continue --rollback and delete need it')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Skip confirmations; without a terminal, rollback, stop, continue --rollback and delete need it')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'ecsctl;render' {
            [CompletionResult]::new('-f', '-f', [CompletionResultType]::ParameterName, 'The file to read [default: deploy.yaml in this folder or a parent, up to the git root]')
            [CompletionResult]::new('--file', '--file', [CompletionResultType]::ParameterName, 'The file to read [default: deploy.yaml in this folder or a parent, up to the git root]')
            [CompletionResult]::new('--var', '--var', [CompletionResultType]::ParameterName, 'Set `${vars.NAME}`, overriding the file (repeatable) [env: ECSCTL_VAR_<NAME>]')
            [CompletionResult]::new('--image', '--image', [CompletionResultType]::ParameterName, 'Use this image instead of building and pushing one (repeatable)')
            [CompletionResult]::new('--only', '--only', [CompletionResultType]::ParameterName, 'Only these services and their images; for build and push, only these images (repeatable, comma-separated)')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'The region [default: the file''s, AWS_REGION, AWS_DEFAULT_REGION, the profile''s]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile in AWS''s configuration files [default: the file''s, AWS_PROFILE]')
            [CompletionResult]::new('--assume-role', '--assume-role', [CompletionResultType]::ParameterName, 'Assume this role')
            [CompletionResult]::new('--endpoint-url', '--endpoint-url', [CompletionResultType]::ParameterName, 'Send all AWS calls to this endpoint (for testing)')
            [CompletionResult]::new('--registry', '--registry', [CompletionResultType]::ParameterName, 'Use this registry instead of ECR (for testing): [http[s]://]HOST[:PORT]')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format of the result on stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format of the result on stdout')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colors; auto respects NO_COLOR, CLICOLOR and CLICOLOR_FORCE')
            [CompletionResult]::new('--allow-unknown-fields', '--allow-unknown-fields', [CompletionResultType]::ParameterName, 'Accept ECS API members that this version does not know')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Show only the result, warnings and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Show only the result, warnings and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show more: build logs, full digests and ids')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show more: build logs, full digests and ids')
            [CompletionResult]::new('--no-progress', '--no-progress', [CompletionResultType]::ParameterName, 'Show progress as lines instead of a live view')
            [CompletionResult]::new('--show-values', '--show-values', [CompletionResultType]::ParameterName, 'Show environment values and sensitive fields instead of masking them')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Skip confirmations; without a terminal, rollback, stop, continue --rollback and delete need it')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Skip confirmations; without a terminal, rollback, stop, continue --rollback and delete need it')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'ecsctl;completions' {
            [CompletionResult]::new('-f', '-f', [CompletionResultType]::ParameterName, 'The file to read [default: deploy.yaml in this folder or a parent, up to the git root]')
            [CompletionResult]::new('--file', '--file', [CompletionResultType]::ParameterName, 'The file to read [default: deploy.yaml in this folder or a parent, up to the git root]')
            [CompletionResult]::new('--var', '--var', [CompletionResultType]::ParameterName, 'Set `${vars.NAME}`, overriding the file (repeatable) [env: ECSCTL_VAR_<NAME>]')
            [CompletionResult]::new('--image', '--image', [CompletionResultType]::ParameterName, 'Use this image instead of building and pushing one (repeatable)')
            [CompletionResult]::new('--only', '--only', [CompletionResultType]::ParameterName, 'Only these services and their images; for build and push, only these images (repeatable, comma-separated)')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'The region [default: the file''s, AWS_REGION, AWS_DEFAULT_REGION, the profile''s]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile in AWS''s configuration files [default: the file''s, AWS_PROFILE]')
            [CompletionResult]::new('--assume-role', '--assume-role', [CompletionResultType]::ParameterName, 'Assume this role')
            [CompletionResult]::new('--endpoint-url', '--endpoint-url', [CompletionResultType]::ParameterName, 'Send all AWS calls to this endpoint (for testing)')
            [CompletionResult]::new('--registry', '--registry', [CompletionResultType]::ParameterName, 'Use this registry instead of ECR (for testing): [http[s]://]HOST[:PORT]')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format of the result on stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format of the result on stdout')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colors; auto respects NO_COLOR, CLICOLOR and CLICOLOR_FORCE')
            [CompletionResult]::new('--allow-unknown-fields', '--allow-unknown-fields', [CompletionResultType]::ParameterName, 'Accept ECS API members that this version does not know')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Show only the result, warnings and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Show only the result, warnings and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show more: build logs, full digests and ids')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show more: build logs, full digests and ids')
            [CompletionResult]::new('--no-progress', '--no-progress', [CompletionResultType]::ParameterName, 'Show progress as lines instead of a live view')
            [CompletionResult]::new('--show-values', '--show-values', [CompletionResultType]::ParameterName, 'Show environment values and sensitive fields instead of masking them')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Skip confirmations; without a terminal, rollback, stop, continue --rollback and delete need it')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Skip confirmations; without a terminal, rollback, stop, continue --rollback and delete need it')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'ecsctl;events' {
            [CompletionResult]::new('--since', '--since', [CompletionResultType]::ParameterName, 'Only newer ones: 10m, 2h, 2026-11-20T14:00:00Z')
            [CompletionResult]::new('--file', '--file', [CompletionResultType]::ParameterName, 'The file to read [default: deploy.yaml in this folder or a parent, up to the git root]')
            [CompletionResult]::new('--var', '--var', [CompletionResultType]::ParameterName, 'Set `${vars.NAME}`, overriding the file (repeatable) [env: ECSCTL_VAR_<NAME>]')
            [CompletionResult]::new('--image', '--image', [CompletionResultType]::ParameterName, 'Use this image instead of building and pushing one (repeatable)')
            [CompletionResult]::new('--only', '--only', [CompletionResultType]::ParameterName, 'Only these services and their images; for build and push, only these images (repeatable, comma-separated)')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'The region [default: the file''s, AWS_REGION, AWS_DEFAULT_REGION, the profile''s]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile in AWS''s configuration files [default: the file''s, AWS_PROFILE]')
            [CompletionResult]::new('--assume-role', '--assume-role', [CompletionResultType]::ParameterName, 'Assume this role')
            [CompletionResult]::new('--endpoint-url', '--endpoint-url', [CompletionResultType]::ParameterName, 'Send all AWS calls to this endpoint (for testing)')
            [CompletionResult]::new('--registry', '--registry', [CompletionResultType]::ParameterName, 'Use this registry instead of ECR (for testing): [http[s]://]HOST[:PORT]')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format of the result on stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format of the result on stdout')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colors; auto respects NO_COLOR, CLICOLOR and CLICOLOR_FORCE')
            [CompletionResult]::new('-f', '-f', [CompletionResultType]::ParameterName, 'Follow new ones until Ctrl-C')
            [CompletionResult]::new('--follow', '--follow', [CompletionResultType]::ParameterName, 'Follow new ones until Ctrl-C')
            [CompletionResult]::new('--allow-unknown-fields', '--allow-unknown-fields', [CompletionResultType]::ParameterName, 'Accept ECS API members that this version does not know')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Show only the result, warnings and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Show only the result, warnings and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show more: build logs, full digests and ids')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show more: build logs, full digests and ids')
            [CompletionResult]::new('--no-progress', '--no-progress', [CompletionResultType]::ParameterName, 'Show progress as lines instead of a live view')
            [CompletionResult]::new('--show-values', '--show-values', [CompletionResultType]::ParameterName, 'Show environment values and sensitive fields instead of masking them')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Skip confirmations; without a terminal, rollback, stop, continue --rollback and delete need it')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Skip confirmations; without a terminal, rollback, stop, continue --rollback and delete need it')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'ecsctl;logs' {
            [CompletionResult]::new('--since', '--since', [CompletionResultType]::ParameterName, 'Only newer lines, including stopped tasks: 10m, 2h, 2026-11-20T14:00:00Z')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Number of last lines per container [default: 100; with --since or --previous all]')
            [CompletionResult]::new('--tail', '--tail', [CompletionResultType]::ParameterName, 'Number of last lines per container [default: 100; with --since or --previous all]')
            [CompletionResult]::new('--task', '--task', [CompletionResultType]::ParameterName, 'Only this task, by the start of its id (repeatable)')
            [CompletionResult]::new('--container', '--container', [CompletionResultType]::ParameterName, 'Only this container (repeatable)')
            [CompletionResult]::new('--grep', '--grep', [CompletionResultType]::ParameterName, 'Only lines matching this regular expression')
            [CompletionResult]::new('--file', '--file', [CompletionResultType]::ParameterName, 'The file to read [default: deploy.yaml in this folder or a parent, up to the git root]')
            [CompletionResult]::new('--var', '--var', [CompletionResultType]::ParameterName, 'Set `${vars.NAME}`, overriding the file (repeatable) [env: ECSCTL_VAR_<NAME>]')
            [CompletionResult]::new('--image', '--image', [CompletionResultType]::ParameterName, 'Use this image instead of building and pushing one (repeatable)')
            [CompletionResult]::new('--only', '--only', [CompletionResultType]::ParameterName, 'Only these services and their images; for build and push, only these images (repeatable, comma-separated)')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'The region [default: the file''s, AWS_REGION, AWS_DEFAULT_REGION, the profile''s]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile in AWS''s configuration files [default: the file''s, AWS_PROFILE]')
            [CompletionResult]::new('--assume-role', '--assume-role', [CompletionResultType]::ParameterName, 'Assume this role')
            [CompletionResult]::new('--endpoint-url', '--endpoint-url', [CompletionResultType]::ParameterName, 'Send all AWS calls to this endpoint (for testing)')
            [CompletionResult]::new('--registry', '--registry', [CompletionResultType]::ParameterName, 'Use this registry instead of ECR (for testing): [http[s]://]HOST[:PORT]')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format of the result on stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format of the result on stdout')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colors; auto respects NO_COLOR, CLICOLOR and CLICOLOR_FORCE')
            [CompletionResult]::new('-f', '-f', [CompletionResultType]::ParameterName, 'Follow new ones until Ctrl-C')
            [CompletionResult]::new('--follow', '--follow', [CompletionResultType]::ParameterName, 'Follow new ones until Ctrl-C')
            [CompletionResult]::new('--previous', '--previous', [CompletionResultType]::ParameterName, 'The tasks that failed last, or else those that stopped last')
            [CompletionResult]::new('--allow-unknown-fields', '--allow-unknown-fields', [CompletionResultType]::ParameterName, 'Accept ECS API members that this version does not know')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Show only the result, warnings and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Show only the result, warnings and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show more: build logs, full digests and ids')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show more: build logs, full digests and ids')
            [CompletionResult]::new('--no-progress', '--no-progress', [CompletionResultType]::ParameterName, 'Show progress as lines instead of a live view')
            [CompletionResult]::new('--show-values', '--show-values', [CompletionResultType]::ParameterName, 'Show environment values and sensitive fields instead of masking them')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Skip confirmations; without a terminal, rollback, stop, continue --rollback and delete need it')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Skip confirmations; without a terminal, rollback, stop, continue --rollback and delete need it')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'ecsctl;help' {
            [CompletionResult]::new('deploy', 'deploy', [CompletionResultType]::ParameterValue, 'Build, push, register and deploy, and wait for the verdict')
            [CompletionResult]::new('build', 'build', [CompletionResultType]::ParameterValue, 'Build the images without pushing them')
            [CompletionResult]::new('push', 'push', [CompletionResultType]::ParameterValue, 'Build the images and push them to ECR')
            [CompletionResult]::new('register', 'register', [CompletionResultType]::ParameterValue, 'Build, push and register task definitions, without deploying them')
            [CompletionResult]::new('plan', 'plan', [CompletionResultType]::ParameterValue, 'Show what deploy would change, without changing anything')
            [CompletionResult]::new('wait', 'wait', [CompletionResultType]::ParameterValue, 'Watch the deployment in progress, and report its result')
            [CompletionResult]::new('rollback', 'rollback', [CompletionResultType]::ParameterValue, 'Roll back: stop the deployment in progress, or return to the last successful revision')
            [CompletionResult]::new('stop', 'stop', [CompletionResultType]::ParameterValue, 'Stop the deployment in progress: ECS rolls it back')
            [CompletionResult]::new('continue', 'continue', [CompletionResultType]::ParameterValue, 'Continue a paused deployment and watch it')
            [CompletionResult]::new('status', 'status', [CompletionResultType]::ParameterValue, 'Show the status of services')
            [CompletionResult]::new('open', 'open', [CompletionResultType]::ParameterValue, 'Open a service''s address in a browser, or print it')
            [CompletionResult]::new('scale', 'scale', [CompletionResultType]::ParameterValue, 'Set the number of tasks of services, and watch until they run')
            [CompletionResult]::new('restart', 'restart', [CompletionResultType]::ParameterValue, 'Replace all tasks with new ones of the same task definition, and watch')
            [CompletionResult]::new('delete', 'delete', [CompletionResultType]::ParameterValue, 'Delete services and stop their tasks; leaves images, task definitions and log groups')
            [CompletionResult]::new('tasks', 'tasks', [CompletionResultType]::ParameterValue, 'Show tasks, or why they stopped')
            [CompletionResult]::new('history', 'history', [CompletionResultType]::ParameterValue, 'Show past deployments: when, by whom, and how they ended')
            [CompletionResult]::new('render', 'render', [CompletionResultType]::ParameterValue, 'Print the resolved deploy.yaml as it is sent to AWS: defaults and ${…} filled in')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Print shell completions')
            [CompletionResult]::new('events', 'events', [CompletionResultType]::ParameterValue, 'Show service events, newest last')
            [CompletionResult]::new('logs', 'logs', [CompletionResultType]::ParameterValue, 'Show container logs from CloudWatch Logs')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'ecsctl;help;deploy' {
            break
        }
        'ecsctl;help;build' {
            break
        }
        'ecsctl;help;push' {
            break
        }
        'ecsctl;help;register' {
            break
        }
        'ecsctl;help;plan' {
            break
        }
        'ecsctl;help;wait' {
            break
        }
        'ecsctl;help;rollback' {
            break
        }
        'ecsctl;help;stop' {
            break
        }
        'ecsctl;help;continue' {
            break
        }
        'ecsctl;help;status' {
            break
        }
        'ecsctl;help;open' {
            break
        }
        'ecsctl;help;scale' {
            break
        }
        'ecsctl;help;restart' {
            break
        }
        'ecsctl;help;delete' {
            break
        }
        'ecsctl;help;tasks' {
            break
        }
        'ecsctl;help;history' {
            break
        }
        'ecsctl;help;render' {
            break
        }
        'ecsctl;help;completions' {
            break
        }
        'ecsctl;help;events' {
            break
        }
        'ecsctl;help;logs' {
            break
        }
        'ecsctl;help;help' {
            break
        }
    })

    $completions.Where{ $_.CompletionText -like "$wordToComplete*" } |
        Sort-Object -Property ListItemText
}
