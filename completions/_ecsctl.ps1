
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
            [CompletionResult]::new('-f', '-f', [CompletionResultType]::ParameterName, 'The file to read [default: deploy.yaml, here or in a folder above, up to the git root]')
            [CompletionResult]::new('--file', '--file', [CompletionResultType]::ParameterName, 'The file to read [default: deploy.yaml, here or in a folder above, up to the git root]')
            [CompletionResult]::new('--var', '--var', [CompletionResultType]::ParameterName, 'Set `${vars.NAME}`, over what the file says (repeatable) [env: ECSCTL_VAR_<NAME>]')
            [CompletionResult]::new('--image', '--image', [CompletionResultType]::ParameterName, 'Use this image as it stands, and neither build nor push it (repeatable)')
            [CompletionResult]::new('--only', '--only', [CompletionResultType]::ParameterName, 'Only these services and their images; for build and push, only these images (repeatable, or a,b)')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'The region [default: the file''s, AWS_REGION, AWS_DEFAULT_REGION, the profile''s]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile in AWS''s configuration files [default: the file''s, AWS_PROFILE]')
            [CompletionResult]::new('--assume-role', '--assume-role', [CompletionResultType]::ParameterName, 'Act as this role')
            [CompletionResult]::new('--endpoint-url', '--endpoint-url', [CompletionResultType]::ParameterName, 'Send every AWS call to this endpoint, for stand-ins')
            [CompletionResult]::new('--registry', '--registry', [CompletionResultType]::ParameterName, 'Push to and run from this registry in ECR''s place, for stand-ins: [http[s]://]HOST[:PORT]')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'The form of the result on stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'The form of the result on stdout')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours; auto obeys NO_COLOR, CLICOLOR and CLICOLOR_FORCE')
            [CompletionResult]::new('--allow-unknown-fields', '--allow-unknown-fields', [CompletionResultType]::ParameterName, 'Let through members of the ECS API that this ecsctl does not know')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No progress: only the result, warnings and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No progress: only the result, warnings and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Everything: build logs, whole digests and ids')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Everything: build logs, whole digests and ids')
            [CompletionResult]::new('--no-progress', '--no-progress', [CompletionResultType]::ParameterName, 'Progress as lines on a terminal too, not as a live view')
            [CompletionResult]::new('--show-values', '--show-values', [CompletionResultType]::ParameterName, 'Show environment values and sensitive members instead of masking them')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Go ahead without asking')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go ahead without asking')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('deploy', 'deploy', [CompletionResultType]::ParameterValue, 'Build, push, register and roll out, and stay until it is known what came of it')
            [CompletionResult]::new('build', 'build', [CompletionResultType]::ParameterValue, 'Build the images; push nothing')
            [CompletionResult]::new('push', 'push', [CompletionResultType]::ParameterValue, 'Build the images and push them to ECR')
            [CompletionResult]::new('register', 'register', [CompletionResultType]::ParameterValue, 'Build, push, and register task definitions; touch no service')
            [CompletionResult]::new('plan', 'plan', [CompletionResultType]::ParameterValue, 'Show what deploy would do, and do nothing on AWS')
            [CompletionResult]::new('wait', 'wait', [CompletionResultType]::ParameterValue, 'Watch what is in flight, and say what came of it')
            [CompletionResult]::new('rollback', 'rollback', [CompletionResultType]::ParameterValue, 'Go back to what worked before: undo what is in flight, else run the last revision that was deployed well')
            [CompletionResult]::new('stop', 'stop', [CompletionResultType]::ParameterValue, 'Stop what is in flight: ECS goes back to what ran before it')
            [CompletionResult]::new('continue', 'continue', [CompletionResultType]::ParameterValue, 'Let a paused deployment go on, and watch it')
            [CompletionResult]::new('status', 'status', [CompletionResultType]::ParameterValue, 'Show what runs')
            [CompletionResult]::new('open', 'open', [CompletionResultType]::ParameterValue, 'Open a service''s address in a browser, or print it')
            [CompletionResult]::new('scale', 'scale', [CompletionResultType]::ParameterValue, 'Set how many tasks services run, and watch until they do')
            [CompletionResult]::new('restart', 'restart', [CompletionResultType]::ParameterValue, 'Replace every task by a new one of the same definition, and say what came of it')
            [CompletionResult]::new('delete', 'delete', [CompletionResultType]::ParameterValue, 'Delete services and stop their tasks; leaves images, task definitions and log groups')
            [CompletionResult]::new('tasks', 'tasks', [CompletionResultType]::ParameterValue, 'Show the tasks of services, or why they stopped')
            [CompletionResult]::new('history', 'history', [CompletionResultType]::ParameterValue, 'Show what was deployed when, by whom, and what came of it')
            [CompletionResult]::new('render', 'render', [CompletionResultType]::ParameterValue, 'Print deploy.yaml resolved: every default, every ${…}, as it goes to AWS')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Print the completions for a shell')
            [CompletionResult]::new('events', 'events', [CompletionResultType]::ParameterValue, 'Show what ECS wrote about services, the newest last')
            [CompletionResult]::new('logs', 'logs', [CompletionResultType]::ParameterValue, 'Show what the containers of services wrote to CloudWatch Logs')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'ecsctl;deploy' {
            [CompletionResult]::new('--until', '--until', [CompletionResultType]::ParameterName, 'What to wait for')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Stop waiting after this long; the rollout goes on, exit 6 [default: 15m and the strategy''s own times]')
            [CompletionResult]::new('--settle', '--settle', [CompletionResultType]::ParameterName, 'Watch tasks that no health check looks at for this long once they run')
            [CompletionResult]::new('-f', '-f', [CompletionResultType]::ParameterName, 'The file to read [default: deploy.yaml, here or in a folder above, up to the git root]')
            [CompletionResult]::new('--file', '--file', [CompletionResultType]::ParameterName, 'The file to read [default: deploy.yaml, here or in a folder above, up to the git root]')
            [CompletionResult]::new('--var', '--var', [CompletionResultType]::ParameterName, 'Set `${vars.NAME}`, over what the file says (repeatable) [env: ECSCTL_VAR_<NAME>]')
            [CompletionResult]::new('--image', '--image', [CompletionResultType]::ParameterName, 'Use this image as it stands, and neither build nor push it (repeatable)')
            [CompletionResult]::new('--only', '--only', [CompletionResultType]::ParameterName, 'Only these services and their images; for build and push, only these images (repeatable, or a,b)')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'The region [default: the file''s, AWS_REGION, AWS_DEFAULT_REGION, the profile''s]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile in AWS''s configuration files [default: the file''s, AWS_PROFILE]')
            [CompletionResult]::new('--assume-role', '--assume-role', [CompletionResultType]::ParameterName, 'Act as this role')
            [CompletionResult]::new('--endpoint-url', '--endpoint-url', [CompletionResultType]::ParameterName, 'Send every AWS call to this endpoint, for stand-ins')
            [CompletionResult]::new('--registry', '--registry', [CompletionResultType]::ParameterName, 'Push to and run from this registry in ECR''s place, for stand-ins: [http[s]://]HOST[:PORT]')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'The form of the result on stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'The form of the result on stdout')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours; auto obeys NO_COLOR, CLICOLOR and CLICOLOR_FORCE')
            [CompletionResult]::new('--create-cluster', '--create-cluster', [CompletionResultType]::ParameterName, 'Make the cluster when it is missing')
            [CompletionResult]::new('--force', '--force', [CompletionResultType]::ParameterName, 'Start a deployment even where nothing changes')
            [CompletionResult]::new('--rollback-on-failure', '--rollback-on-failure', [CompletionResultType]::ParameterName, 'Go back to the last revision that was deployed well when the rollout fails and ECS does not roll back (exit 5)')
            [CompletionResult]::new('--wait-through-pause', '--wait-through-pause', [CompletionResultType]::ParameterName, 'Wait on when a lifecycle hook pauses the deployment, instead of exit 9')
            [CompletionResult]::new('--allow-unknown-fields', '--allow-unknown-fields', [CompletionResultType]::ParameterName, 'Let through members of the ECS API that this ecsctl does not know')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No progress: only the result, warnings and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No progress: only the result, warnings and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Everything: build logs, whole digests and ids')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Everything: build logs, whole digests and ids')
            [CompletionResult]::new('--no-progress', '--no-progress', [CompletionResultType]::ParameterName, 'Progress as lines on a terminal too, not as a live view')
            [CompletionResult]::new('--show-values', '--show-values', [CompletionResultType]::ParameterName, 'Show environment values and sensitive members instead of masking them')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Go ahead without asking')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go ahead without asking')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'ecsctl;build' {
            [CompletionResult]::new('-f', '-f', [CompletionResultType]::ParameterName, 'The file to read [default: deploy.yaml, here or in a folder above, up to the git root]')
            [CompletionResult]::new('--file', '--file', [CompletionResultType]::ParameterName, 'The file to read [default: deploy.yaml, here or in a folder above, up to the git root]')
            [CompletionResult]::new('--var', '--var', [CompletionResultType]::ParameterName, 'Set `${vars.NAME}`, over what the file says (repeatable) [env: ECSCTL_VAR_<NAME>]')
            [CompletionResult]::new('--image', '--image', [CompletionResultType]::ParameterName, 'Use this image as it stands, and neither build nor push it (repeatable)')
            [CompletionResult]::new('--only', '--only', [CompletionResultType]::ParameterName, 'Only these services and their images; for build and push, only these images (repeatable, or a,b)')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'The region [default: the file''s, AWS_REGION, AWS_DEFAULT_REGION, the profile''s]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile in AWS''s configuration files [default: the file''s, AWS_PROFILE]')
            [CompletionResult]::new('--assume-role', '--assume-role', [CompletionResultType]::ParameterName, 'Act as this role')
            [CompletionResult]::new('--endpoint-url', '--endpoint-url', [CompletionResultType]::ParameterName, 'Send every AWS call to this endpoint, for stand-ins')
            [CompletionResult]::new('--registry', '--registry', [CompletionResultType]::ParameterName, 'Push to and run from this registry in ECR''s place, for stand-ins: [http[s]://]HOST[:PORT]')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'The form of the result on stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'The form of the result on stdout')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours; auto obeys NO_COLOR, CLICOLOR and CLICOLOR_FORCE')
            [CompletionResult]::new('--list-context', '--list-context', [CompletionResultType]::ParameterName, 'Build nothing; list what the build contexts would send, with sizes, largest last')
            [CompletionResult]::new('--allow-unknown-fields', '--allow-unknown-fields', [CompletionResultType]::ParameterName, 'Let through members of the ECS API that this ecsctl does not know')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No progress: only the result, warnings and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No progress: only the result, warnings and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Everything: build logs, whole digests and ids')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Everything: build logs, whole digests and ids')
            [CompletionResult]::new('--no-progress', '--no-progress', [CompletionResultType]::ParameterName, 'Progress as lines on a terminal too, not as a live view')
            [CompletionResult]::new('--show-values', '--show-values', [CompletionResultType]::ParameterName, 'Show environment values and sensitive members instead of masking them')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Go ahead without asking')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go ahead without asking')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'ecsctl;push' {
            [CompletionResult]::new('-f', '-f', [CompletionResultType]::ParameterName, 'The file to read [default: deploy.yaml, here or in a folder above, up to the git root]')
            [CompletionResult]::new('--file', '--file', [CompletionResultType]::ParameterName, 'The file to read [default: deploy.yaml, here or in a folder above, up to the git root]')
            [CompletionResult]::new('--var', '--var', [CompletionResultType]::ParameterName, 'Set `${vars.NAME}`, over what the file says (repeatable) [env: ECSCTL_VAR_<NAME>]')
            [CompletionResult]::new('--image', '--image', [CompletionResultType]::ParameterName, 'Use this image as it stands, and neither build nor push it (repeatable)')
            [CompletionResult]::new('--only', '--only', [CompletionResultType]::ParameterName, 'Only these services and their images; for build and push, only these images (repeatable, or a,b)')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'The region [default: the file''s, AWS_REGION, AWS_DEFAULT_REGION, the profile''s]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile in AWS''s configuration files [default: the file''s, AWS_PROFILE]')
            [CompletionResult]::new('--assume-role', '--assume-role', [CompletionResultType]::ParameterName, 'Act as this role')
            [CompletionResult]::new('--endpoint-url', '--endpoint-url', [CompletionResultType]::ParameterName, 'Send every AWS call to this endpoint, for stand-ins')
            [CompletionResult]::new('--registry', '--registry', [CompletionResultType]::ParameterName, 'Push to and run from this registry in ECR''s place, for stand-ins: [http[s]://]HOST[:PORT]')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'The form of the result on stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'The form of the result on stdout')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours; auto obeys NO_COLOR, CLICOLOR and CLICOLOR_FORCE')
            [CompletionResult]::new('--allow-unknown-fields', '--allow-unknown-fields', [CompletionResultType]::ParameterName, 'Let through members of the ECS API that this ecsctl does not know')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No progress: only the result, warnings and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No progress: only the result, warnings and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Everything: build logs, whole digests and ids')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Everything: build logs, whole digests and ids')
            [CompletionResult]::new('--no-progress', '--no-progress', [CompletionResultType]::ParameterName, 'Progress as lines on a terminal too, not as a live view')
            [CompletionResult]::new('--show-values', '--show-values', [CompletionResultType]::ParameterName, 'Show environment values and sensitive members instead of masking them')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Go ahead without asking')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go ahead without asking')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'ecsctl;register' {
            [CompletionResult]::new('-f', '-f', [CompletionResultType]::ParameterName, 'The file to read [default: deploy.yaml, here or in a folder above, up to the git root]')
            [CompletionResult]::new('--file', '--file', [CompletionResultType]::ParameterName, 'The file to read [default: deploy.yaml, here or in a folder above, up to the git root]')
            [CompletionResult]::new('--var', '--var', [CompletionResultType]::ParameterName, 'Set `${vars.NAME}`, over what the file says (repeatable) [env: ECSCTL_VAR_<NAME>]')
            [CompletionResult]::new('--image', '--image', [CompletionResultType]::ParameterName, 'Use this image as it stands, and neither build nor push it (repeatable)')
            [CompletionResult]::new('--only', '--only', [CompletionResultType]::ParameterName, 'Only these services and their images; for build and push, only these images (repeatable, or a,b)')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'The region [default: the file''s, AWS_REGION, AWS_DEFAULT_REGION, the profile''s]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile in AWS''s configuration files [default: the file''s, AWS_PROFILE]')
            [CompletionResult]::new('--assume-role', '--assume-role', [CompletionResultType]::ParameterName, 'Act as this role')
            [CompletionResult]::new('--endpoint-url', '--endpoint-url', [CompletionResultType]::ParameterName, 'Send every AWS call to this endpoint, for stand-ins')
            [CompletionResult]::new('--registry', '--registry', [CompletionResultType]::ParameterName, 'Push to and run from this registry in ECR''s place, for stand-ins: [http[s]://]HOST[:PORT]')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'The form of the result on stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'The form of the result on stdout')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours; auto obeys NO_COLOR, CLICOLOR and CLICOLOR_FORCE')
            [CompletionResult]::new('--allow-unknown-fields', '--allow-unknown-fields', [CompletionResultType]::ParameterName, 'Let through members of the ECS API that this ecsctl does not know')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No progress: only the result, warnings and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No progress: only the result, warnings and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Everything: build logs, whole digests and ids')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Everything: build logs, whole digests and ids')
            [CompletionResult]::new('--no-progress', '--no-progress', [CompletionResultType]::ParameterName, 'Progress as lines on a terminal too, not as a live view')
            [CompletionResult]::new('--show-values', '--show-values', [CompletionResultType]::ParameterName, 'Show environment values and sensitive members instead of masking them')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Go ahead without asking')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go ahead without asking')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'ecsctl;plan' {
            [CompletionResult]::new('-f', '-f', [CompletionResultType]::ParameterName, 'The file to read [default: deploy.yaml, here or in a folder above, up to the git root]')
            [CompletionResult]::new('--file', '--file', [CompletionResultType]::ParameterName, 'The file to read [default: deploy.yaml, here or in a folder above, up to the git root]')
            [CompletionResult]::new('--var', '--var', [CompletionResultType]::ParameterName, 'Set `${vars.NAME}`, over what the file says (repeatable) [env: ECSCTL_VAR_<NAME>]')
            [CompletionResult]::new('--image', '--image', [CompletionResultType]::ParameterName, 'Use this image as it stands, and neither build nor push it (repeatable)')
            [CompletionResult]::new('--only', '--only', [CompletionResultType]::ParameterName, 'Only these services and their images; for build and push, only these images (repeatable, or a,b)')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'The region [default: the file''s, AWS_REGION, AWS_DEFAULT_REGION, the profile''s]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile in AWS''s configuration files [default: the file''s, AWS_PROFILE]')
            [CompletionResult]::new('--assume-role', '--assume-role', [CompletionResultType]::ParameterName, 'Act as this role')
            [CompletionResult]::new('--endpoint-url', '--endpoint-url', [CompletionResultType]::ParameterName, 'Send every AWS call to this endpoint, for stand-ins')
            [CompletionResult]::new('--registry', '--registry', [CompletionResultType]::ParameterName, 'Push to and run from this registry in ECR''s place, for stand-ins: [http[s]://]HOST[:PORT]')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'The form of the result on stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'The form of the result on stdout')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours; auto obeys NO_COLOR, CLICOLOR and CLICOLOR_FORCE')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'Exit 8 when there are changes')
            [CompletionResult]::new('--no-build', '--no-build', [CompletionResultType]::ParameterName, 'Build nothing; the images are known after build')
            [CompletionResult]::new('--allow-unknown-fields', '--allow-unknown-fields', [CompletionResultType]::ParameterName, 'Let through members of the ECS API that this ecsctl does not know')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No progress: only the result, warnings and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No progress: only the result, warnings and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Everything: build logs, whole digests and ids')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Everything: build logs, whole digests and ids')
            [CompletionResult]::new('--no-progress', '--no-progress', [CompletionResultType]::ParameterName, 'Progress as lines on a terminal too, not as a live view')
            [CompletionResult]::new('--show-values', '--show-values', [CompletionResultType]::ParameterName, 'Show environment values and sensitive members instead of masking them')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Go ahead without asking')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go ahead without asking')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'ecsctl;wait' {
            [CompletionResult]::new('--until', '--until', [CompletionResultType]::ParameterName, 'What to wait for')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Stop waiting after this long; the rollout goes on, exit 6 [default: 15m and the strategy''s own times]')
            [CompletionResult]::new('--settle', '--settle', [CompletionResultType]::ParameterName, 'Watch tasks that no health check looks at for this long once they run')
            [CompletionResult]::new('-f', '-f', [CompletionResultType]::ParameterName, 'The file to read [default: deploy.yaml, here or in a folder above, up to the git root]')
            [CompletionResult]::new('--file', '--file', [CompletionResultType]::ParameterName, 'The file to read [default: deploy.yaml, here or in a folder above, up to the git root]')
            [CompletionResult]::new('--var', '--var', [CompletionResultType]::ParameterName, 'Set `${vars.NAME}`, over what the file says (repeatable) [env: ECSCTL_VAR_<NAME>]')
            [CompletionResult]::new('--image', '--image', [CompletionResultType]::ParameterName, 'Use this image as it stands, and neither build nor push it (repeatable)')
            [CompletionResult]::new('--only', '--only', [CompletionResultType]::ParameterName, 'Only these services and their images; for build and push, only these images (repeatable, or a,b)')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'The region [default: the file''s, AWS_REGION, AWS_DEFAULT_REGION, the profile''s]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile in AWS''s configuration files [default: the file''s, AWS_PROFILE]')
            [CompletionResult]::new('--assume-role', '--assume-role', [CompletionResultType]::ParameterName, 'Act as this role')
            [CompletionResult]::new('--endpoint-url', '--endpoint-url', [CompletionResultType]::ParameterName, 'Send every AWS call to this endpoint, for stand-ins')
            [CompletionResult]::new('--registry', '--registry', [CompletionResultType]::ParameterName, 'Push to and run from this registry in ECR''s place, for stand-ins: [http[s]://]HOST[:PORT]')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'The form of the result on stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'The form of the result on stdout')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours; auto obeys NO_COLOR, CLICOLOR and CLICOLOR_FORCE')
            [CompletionResult]::new('--wait-through-pause', '--wait-through-pause', [CompletionResultType]::ParameterName, 'Wait on when a lifecycle hook pauses the deployment, instead of exit 9')
            [CompletionResult]::new('--allow-unknown-fields', '--allow-unknown-fields', [CompletionResultType]::ParameterName, 'Let through members of the ECS API that this ecsctl does not know')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No progress: only the result, warnings and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No progress: only the result, warnings and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Everything: build logs, whole digests and ids')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Everything: build logs, whole digests and ids')
            [CompletionResult]::new('--no-progress', '--no-progress', [CompletionResultType]::ParameterName, 'Progress as lines on a terminal too, not as a live view')
            [CompletionResult]::new('--show-values', '--show-values', [CompletionResultType]::ParameterName, 'Show environment values and sensitive members instead of masking them')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Go ahead without asking')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go ahead without asking')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'ecsctl;rollback' {
            [CompletionResult]::new('--to', '--to', [CompletionResultType]::ParameterName, 'To this revision: a number, FAMILY:NUMBER, an ARN, or a deployment''s ecs-svc/NUMBER')
            [CompletionResult]::new('--until', '--until', [CompletionResultType]::ParameterName, 'What to wait for')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Stop waiting after this long; the rollout goes on, exit 6 [default: 15m and the strategy''s own times]')
            [CompletionResult]::new('--settle', '--settle', [CompletionResultType]::ParameterName, 'Watch tasks that no health check looks at for this long once they run')
            [CompletionResult]::new('-f', '-f', [CompletionResultType]::ParameterName, 'The file to read [default: deploy.yaml, here or in a folder above, up to the git root]')
            [CompletionResult]::new('--file', '--file', [CompletionResultType]::ParameterName, 'The file to read [default: deploy.yaml, here or in a folder above, up to the git root]')
            [CompletionResult]::new('--var', '--var', [CompletionResultType]::ParameterName, 'Set `${vars.NAME}`, over what the file says (repeatable) [env: ECSCTL_VAR_<NAME>]')
            [CompletionResult]::new('--image', '--image', [CompletionResultType]::ParameterName, 'Use this image as it stands, and neither build nor push it (repeatable)')
            [CompletionResult]::new('--only', '--only', [CompletionResultType]::ParameterName, 'Only these services and their images; for build and push, only these images (repeatable, or a,b)')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'The region [default: the file''s, AWS_REGION, AWS_DEFAULT_REGION, the profile''s]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile in AWS''s configuration files [default: the file''s, AWS_PROFILE]')
            [CompletionResult]::new('--assume-role', '--assume-role', [CompletionResultType]::ParameterName, 'Act as this role')
            [CompletionResult]::new('--endpoint-url', '--endpoint-url', [CompletionResultType]::ParameterName, 'Send every AWS call to this endpoint, for stand-ins')
            [CompletionResult]::new('--registry', '--registry', [CompletionResultType]::ParameterName, 'Push to and run from this registry in ECR''s place, for stand-ins: [http[s]://]HOST[:PORT]')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'The form of the result on stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'The form of the result on stdout')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours; auto obeys NO_COLOR, CLICOLOR and CLICOLOR_FORCE')
            [CompletionResult]::new('--wait-through-pause', '--wait-through-pause', [CompletionResultType]::ParameterName, 'Wait on when a lifecycle hook pauses the deployment, instead of exit 9')
            [CompletionResult]::new('--allow-unknown-fields', '--allow-unknown-fields', [CompletionResultType]::ParameterName, 'Let through members of the ECS API that this ecsctl does not know')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No progress: only the result, warnings and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No progress: only the result, warnings and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Everything: build logs, whole digests and ids')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Everything: build logs, whole digests and ids')
            [CompletionResult]::new('--no-progress', '--no-progress', [CompletionResultType]::ParameterName, 'Progress as lines on a terminal too, not as a live view')
            [CompletionResult]::new('--show-values', '--show-values', [CompletionResultType]::ParameterName, 'Show environment values and sensitive members instead of masking them')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Go ahead without asking')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go ahead without asking')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'ecsctl;stop' {
            [CompletionResult]::new('--until', '--until', [CompletionResultType]::ParameterName, 'What to wait for')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Stop waiting after this long; the rollout goes on, exit 6 [default: 15m and the strategy''s own times]')
            [CompletionResult]::new('--settle', '--settle', [CompletionResultType]::ParameterName, 'Watch tasks that no health check looks at for this long once they run')
            [CompletionResult]::new('-f', '-f', [CompletionResultType]::ParameterName, 'The file to read [default: deploy.yaml, here or in a folder above, up to the git root]')
            [CompletionResult]::new('--file', '--file', [CompletionResultType]::ParameterName, 'The file to read [default: deploy.yaml, here or in a folder above, up to the git root]')
            [CompletionResult]::new('--var', '--var', [CompletionResultType]::ParameterName, 'Set `${vars.NAME}`, over what the file says (repeatable) [env: ECSCTL_VAR_<NAME>]')
            [CompletionResult]::new('--image', '--image', [CompletionResultType]::ParameterName, 'Use this image as it stands, and neither build nor push it (repeatable)')
            [CompletionResult]::new('--only', '--only', [CompletionResultType]::ParameterName, 'Only these services and their images; for build and push, only these images (repeatable, or a,b)')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'The region [default: the file''s, AWS_REGION, AWS_DEFAULT_REGION, the profile''s]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile in AWS''s configuration files [default: the file''s, AWS_PROFILE]')
            [CompletionResult]::new('--assume-role', '--assume-role', [CompletionResultType]::ParameterName, 'Act as this role')
            [CompletionResult]::new('--endpoint-url', '--endpoint-url', [CompletionResultType]::ParameterName, 'Send every AWS call to this endpoint, for stand-ins')
            [CompletionResult]::new('--registry', '--registry', [CompletionResultType]::ParameterName, 'Push to and run from this registry in ECR''s place, for stand-ins: [http[s]://]HOST[:PORT]')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'The form of the result on stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'The form of the result on stdout')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours; auto obeys NO_COLOR, CLICOLOR and CLICOLOR_FORCE')
            [CompletionResult]::new('--wait-through-pause', '--wait-through-pause', [CompletionResultType]::ParameterName, 'Wait on when a lifecycle hook pauses the deployment, instead of exit 9')
            [CompletionResult]::new('--allow-unknown-fields', '--allow-unknown-fields', [CompletionResultType]::ParameterName, 'Let through members of the ECS API that this ecsctl does not know')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No progress: only the result, warnings and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No progress: only the result, warnings and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Everything: build logs, whole digests and ids')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Everything: build logs, whole digests and ids')
            [CompletionResult]::new('--no-progress', '--no-progress', [CompletionResultType]::ParameterName, 'Progress as lines on a terminal too, not as a live view')
            [CompletionResult]::new('--show-values', '--show-values', [CompletionResultType]::ParameterName, 'Show environment values and sensitive members instead of masking them')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Go ahead without asking')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go ahead without asking')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'ecsctl;continue' {
            [CompletionResult]::new('--until', '--until', [CompletionResultType]::ParameterName, 'What to wait for')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Stop waiting after this long; the rollout goes on, exit 6 [default: 15m and the strategy''s own times]')
            [CompletionResult]::new('--settle', '--settle', [CompletionResultType]::ParameterName, 'Watch tasks that no health check looks at for this long once they run')
            [CompletionResult]::new('-f', '-f', [CompletionResultType]::ParameterName, 'The file to read [default: deploy.yaml, here or in a folder above, up to the git root]')
            [CompletionResult]::new('--file', '--file', [CompletionResultType]::ParameterName, 'The file to read [default: deploy.yaml, here or in a folder above, up to the git root]')
            [CompletionResult]::new('--var', '--var', [CompletionResultType]::ParameterName, 'Set `${vars.NAME}`, over what the file says (repeatable) [env: ECSCTL_VAR_<NAME>]')
            [CompletionResult]::new('--image', '--image', [CompletionResultType]::ParameterName, 'Use this image as it stands, and neither build nor push it (repeatable)')
            [CompletionResult]::new('--only', '--only', [CompletionResultType]::ParameterName, 'Only these services and their images; for build and push, only these images (repeatable, or a,b)')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'The region [default: the file''s, AWS_REGION, AWS_DEFAULT_REGION, the profile''s]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile in AWS''s configuration files [default: the file''s, AWS_PROFILE]')
            [CompletionResult]::new('--assume-role', '--assume-role', [CompletionResultType]::ParameterName, 'Act as this role')
            [CompletionResult]::new('--endpoint-url', '--endpoint-url', [CompletionResultType]::ParameterName, 'Send every AWS call to this endpoint, for stand-ins')
            [CompletionResult]::new('--registry', '--registry', [CompletionResultType]::ParameterName, 'Push to and run from this registry in ECR''s place, for stand-ins: [http[s]://]HOST[:PORT]')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'The form of the result on stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'The form of the result on stdout')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours; auto obeys NO_COLOR, CLICOLOR and CLICOLOR_FORCE')
            [CompletionResult]::new('--rollback', '--rollback', [CompletionResultType]::ParameterName, 'Answer the pause with a rollback')
            [CompletionResult]::new('--wait-through-pause', '--wait-through-pause', [CompletionResultType]::ParameterName, 'Wait on when a lifecycle hook pauses the deployment, instead of exit 9')
            [CompletionResult]::new('--allow-unknown-fields', '--allow-unknown-fields', [CompletionResultType]::ParameterName, 'Let through members of the ECS API that this ecsctl does not know')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No progress: only the result, warnings and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No progress: only the result, warnings and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Everything: build logs, whole digests and ids')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Everything: build logs, whole digests and ids')
            [CompletionResult]::new('--no-progress', '--no-progress', [CompletionResultType]::ParameterName, 'Progress as lines on a terminal too, not as a live view')
            [CompletionResult]::new('--show-values', '--show-values', [CompletionResultType]::ParameterName, 'Show environment values and sensitive members instead of masking them')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Go ahead without asking')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go ahead without asking')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'ecsctl;status' {
            [CompletionResult]::new('-f', '-f', [CompletionResultType]::ParameterName, 'The file to read [default: deploy.yaml, here or in a folder above, up to the git root]')
            [CompletionResult]::new('--file', '--file', [CompletionResultType]::ParameterName, 'The file to read [default: deploy.yaml, here or in a folder above, up to the git root]')
            [CompletionResult]::new('--var', '--var', [CompletionResultType]::ParameterName, 'Set `${vars.NAME}`, over what the file says (repeatable) [env: ECSCTL_VAR_<NAME>]')
            [CompletionResult]::new('--image', '--image', [CompletionResultType]::ParameterName, 'Use this image as it stands, and neither build nor push it (repeatable)')
            [CompletionResult]::new('--only', '--only', [CompletionResultType]::ParameterName, 'Only these services and their images; for build and push, only these images (repeatable, or a,b)')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'The region [default: the file''s, AWS_REGION, AWS_DEFAULT_REGION, the profile''s]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile in AWS''s configuration files [default: the file''s, AWS_PROFILE]')
            [CompletionResult]::new('--assume-role', '--assume-role', [CompletionResultType]::ParameterName, 'Act as this role')
            [CompletionResult]::new('--endpoint-url', '--endpoint-url', [CompletionResultType]::ParameterName, 'Send every AWS call to this endpoint, for stand-ins')
            [CompletionResult]::new('--registry', '--registry', [CompletionResultType]::ParameterName, 'Push to and run from this registry in ECR''s place, for stand-ins: [http[s]://]HOST[:PORT]')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'The form of the result on stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'The form of the result on stdout')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours; auto obeys NO_COLOR, CLICOLOR and CLICOLOR_FORCE')
            [CompletionResult]::new('-w', '-w', [CompletionResultType]::ParameterName, 'Go on showing it, until Ctrl-C: in place on a terminal, a line for each change elsewhere')
            [CompletionResult]::new('--watch', '--watch', [CompletionResultType]::ParameterName, 'Go on showing it, until Ctrl-C: in place on a terminal, a line for each change elsewhere')
            [CompletionResult]::new('--allow-unknown-fields', '--allow-unknown-fields', [CompletionResultType]::ParameterName, 'Let through members of the ECS API that this ecsctl does not know')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No progress: only the result, warnings and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No progress: only the result, warnings and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Everything: build logs, whole digests and ids')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Everything: build logs, whole digests and ids')
            [CompletionResult]::new('--no-progress', '--no-progress', [CompletionResultType]::ParameterName, 'Progress as lines on a terminal too, not as a live view')
            [CompletionResult]::new('--show-values', '--show-values', [CompletionResultType]::ParameterName, 'Show environment values and sensitive members instead of masking them')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Go ahead without asking')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go ahead without asking')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'ecsctl;open' {
            [CompletionResult]::new('-f', '-f', [CompletionResultType]::ParameterName, 'The file to read [default: deploy.yaml, here or in a folder above, up to the git root]')
            [CompletionResult]::new('--file', '--file', [CompletionResultType]::ParameterName, 'The file to read [default: deploy.yaml, here or in a folder above, up to the git root]')
            [CompletionResult]::new('--var', '--var', [CompletionResultType]::ParameterName, 'Set `${vars.NAME}`, over what the file says (repeatable) [env: ECSCTL_VAR_<NAME>]')
            [CompletionResult]::new('--image', '--image', [CompletionResultType]::ParameterName, 'Use this image as it stands, and neither build nor push it (repeatable)')
            [CompletionResult]::new('--only', '--only', [CompletionResultType]::ParameterName, 'Only these services and their images; for build and push, only these images (repeatable, or a,b)')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'The region [default: the file''s, AWS_REGION, AWS_DEFAULT_REGION, the profile''s]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile in AWS''s configuration files [default: the file''s, AWS_PROFILE]')
            [CompletionResult]::new('--assume-role', '--assume-role', [CompletionResultType]::ParameterName, 'Act as this role')
            [CompletionResult]::new('--endpoint-url', '--endpoint-url', [CompletionResultType]::ParameterName, 'Send every AWS call to this endpoint, for stand-ins')
            [CompletionResult]::new('--registry', '--registry', [CompletionResultType]::ParameterName, 'Push to and run from this registry in ECR''s place, for stand-ins: [http[s]://]HOST[:PORT]')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'The form of the result on stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'The form of the result on stdout')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours; auto obeys NO_COLOR, CLICOLOR and CLICOLOR_FORCE')
            [CompletionResult]::new('--allow-unknown-fields', '--allow-unknown-fields', [CompletionResultType]::ParameterName, 'Let through members of the ECS API that this ecsctl does not know')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No progress: only the result, warnings and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No progress: only the result, warnings and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Everything: build logs, whole digests and ids')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Everything: build logs, whole digests and ids')
            [CompletionResult]::new('--no-progress', '--no-progress', [CompletionResultType]::ParameterName, 'Progress as lines on a terminal too, not as a live view')
            [CompletionResult]::new('--show-values', '--show-values', [CompletionResultType]::ParameterName, 'Show environment values and sensitive members instead of masking them')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Go ahead without asking')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go ahead without asking')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'ecsctl;scale' {
            [CompletionResult]::new('--until', '--until', [CompletionResultType]::ParameterName, 'What to wait for')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Stop waiting after this long; the rollout goes on, exit 6 [default: 15m and the strategy''s own times]')
            [CompletionResult]::new('--settle', '--settle', [CompletionResultType]::ParameterName, 'Watch tasks that no health check looks at for this long once they run')
            [CompletionResult]::new('-f', '-f', [CompletionResultType]::ParameterName, 'The file to read [default: deploy.yaml, here or in a folder above, up to the git root]')
            [CompletionResult]::new('--file', '--file', [CompletionResultType]::ParameterName, 'The file to read [default: deploy.yaml, here or in a folder above, up to the git root]')
            [CompletionResult]::new('--var', '--var', [CompletionResultType]::ParameterName, 'Set `${vars.NAME}`, over what the file says (repeatable) [env: ECSCTL_VAR_<NAME>]')
            [CompletionResult]::new('--image', '--image', [CompletionResultType]::ParameterName, 'Use this image as it stands, and neither build nor push it (repeatable)')
            [CompletionResult]::new('--only', '--only', [CompletionResultType]::ParameterName, 'Only these services and their images; for build and push, only these images (repeatable, or a,b)')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'The region [default: the file''s, AWS_REGION, AWS_DEFAULT_REGION, the profile''s]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile in AWS''s configuration files [default: the file''s, AWS_PROFILE]')
            [CompletionResult]::new('--assume-role', '--assume-role', [CompletionResultType]::ParameterName, 'Act as this role')
            [CompletionResult]::new('--endpoint-url', '--endpoint-url', [CompletionResultType]::ParameterName, 'Send every AWS call to this endpoint, for stand-ins')
            [CompletionResult]::new('--registry', '--registry', [CompletionResultType]::ParameterName, 'Push to and run from this registry in ECR''s place, for stand-ins: [http[s]://]HOST[:PORT]')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'The form of the result on stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'The form of the result on stdout')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours; auto obeys NO_COLOR, CLICOLOR and CLICOLOR_FORCE')
            [CompletionResult]::new('--wait-through-pause', '--wait-through-pause', [CompletionResultType]::ParameterName, 'Wait on when a lifecycle hook pauses the deployment, instead of exit 9')
            [CompletionResult]::new('--allow-unknown-fields', '--allow-unknown-fields', [CompletionResultType]::ParameterName, 'Let through members of the ECS API that this ecsctl does not know')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No progress: only the result, warnings and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No progress: only the result, warnings and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Everything: build logs, whole digests and ids')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Everything: build logs, whole digests and ids')
            [CompletionResult]::new('--no-progress', '--no-progress', [CompletionResultType]::ParameterName, 'Progress as lines on a terminal too, not as a live view')
            [CompletionResult]::new('--show-values', '--show-values', [CompletionResultType]::ParameterName, 'Show environment values and sensitive members instead of masking them')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Go ahead without asking')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go ahead without asking')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'ecsctl;restart' {
            [CompletionResult]::new('--until', '--until', [CompletionResultType]::ParameterName, 'What to wait for')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Stop waiting after this long; the rollout goes on, exit 6 [default: 15m and the strategy''s own times]')
            [CompletionResult]::new('--settle', '--settle', [CompletionResultType]::ParameterName, 'Watch tasks that no health check looks at for this long once they run')
            [CompletionResult]::new('-f', '-f', [CompletionResultType]::ParameterName, 'The file to read [default: deploy.yaml, here or in a folder above, up to the git root]')
            [CompletionResult]::new('--file', '--file', [CompletionResultType]::ParameterName, 'The file to read [default: deploy.yaml, here or in a folder above, up to the git root]')
            [CompletionResult]::new('--var', '--var', [CompletionResultType]::ParameterName, 'Set `${vars.NAME}`, over what the file says (repeatable) [env: ECSCTL_VAR_<NAME>]')
            [CompletionResult]::new('--image', '--image', [CompletionResultType]::ParameterName, 'Use this image as it stands, and neither build nor push it (repeatable)')
            [CompletionResult]::new('--only', '--only', [CompletionResultType]::ParameterName, 'Only these services and their images; for build and push, only these images (repeatable, or a,b)')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'The region [default: the file''s, AWS_REGION, AWS_DEFAULT_REGION, the profile''s]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile in AWS''s configuration files [default: the file''s, AWS_PROFILE]')
            [CompletionResult]::new('--assume-role', '--assume-role', [CompletionResultType]::ParameterName, 'Act as this role')
            [CompletionResult]::new('--endpoint-url', '--endpoint-url', [CompletionResultType]::ParameterName, 'Send every AWS call to this endpoint, for stand-ins')
            [CompletionResult]::new('--registry', '--registry', [CompletionResultType]::ParameterName, 'Push to and run from this registry in ECR''s place, for stand-ins: [http[s]://]HOST[:PORT]')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'The form of the result on stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'The form of the result on stdout')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours; auto obeys NO_COLOR, CLICOLOR and CLICOLOR_FORCE')
            [CompletionResult]::new('--wait-through-pause', '--wait-through-pause', [CompletionResultType]::ParameterName, 'Wait on when a lifecycle hook pauses the deployment, instead of exit 9')
            [CompletionResult]::new('--allow-unknown-fields', '--allow-unknown-fields', [CompletionResultType]::ParameterName, 'Let through members of the ECS API that this ecsctl does not know')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No progress: only the result, warnings and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No progress: only the result, warnings and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Everything: build logs, whole digests and ids')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Everything: build logs, whole digests and ids')
            [CompletionResult]::new('--no-progress', '--no-progress', [CompletionResultType]::ParameterName, 'Progress as lines on a terminal too, not as a live view')
            [CompletionResult]::new('--show-values', '--show-values', [CompletionResultType]::ParameterName, 'Show environment values and sensitive members instead of masking them')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Go ahead without asking')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go ahead without asking')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'ecsctl;delete' {
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Stop waiting for the tasks to stop after this long; they go on stopping, exit 6')
            [CompletionResult]::new('-f', '-f', [CompletionResultType]::ParameterName, 'The file to read [default: deploy.yaml, here or in a folder above, up to the git root]')
            [CompletionResult]::new('--file', '--file', [CompletionResultType]::ParameterName, 'The file to read [default: deploy.yaml, here or in a folder above, up to the git root]')
            [CompletionResult]::new('--var', '--var', [CompletionResultType]::ParameterName, 'Set `${vars.NAME}`, over what the file says (repeatable) [env: ECSCTL_VAR_<NAME>]')
            [CompletionResult]::new('--image', '--image', [CompletionResultType]::ParameterName, 'Use this image as it stands, and neither build nor push it (repeatable)')
            [CompletionResult]::new('--only', '--only', [CompletionResultType]::ParameterName, 'Only these services and their images; for build and push, only these images (repeatable, or a,b)')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'The region [default: the file''s, AWS_REGION, AWS_DEFAULT_REGION, the profile''s]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile in AWS''s configuration files [default: the file''s, AWS_PROFILE]')
            [CompletionResult]::new('--assume-role', '--assume-role', [CompletionResultType]::ParameterName, 'Act as this role')
            [CompletionResult]::new('--endpoint-url', '--endpoint-url', [CompletionResultType]::ParameterName, 'Send every AWS call to this endpoint, for stand-ins')
            [CompletionResult]::new('--registry', '--registry', [CompletionResultType]::ParameterName, 'Push to and run from this registry in ECR''s place, for stand-ins: [http[s]://]HOST[:PORT]')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'The form of the result on stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'The form of the result on stdout')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours; auto obeys NO_COLOR, CLICOLOR and CLICOLOR_FORCE')
            [CompletionResult]::new('--all', '--all', [CompletionResultType]::ParameterName, 'Every service in deploy.yaml')
            [CompletionResult]::new('--allow-unknown-fields', '--allow-unknown-fields', [CompletionResultType]::ParameterName, 'Let through members of the ECS API that this ecsctl does not know')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No progress: only the result, warnings and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No progress: only the result, warnings and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Everything: build logs, whole digests and ids')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Everything: build logs, whole digests and ids')
            [CompletionResult]::new('--no-progress', '--no-progress', [CompletionResultType]::ParameterName, 'Progress as lines on a terminal too, not as a live view')
            [CompletionResult]::new('--show-values', '--show-values', [CompletionResultType]::ParameterName, 'Show environment values and sensitive members instead of masking them')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Go ahead without asking')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go ahead without asking')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'ecsctl;tasks' {
            [CompletionResult]::new('-f', '-f', [CompletionResultType]::ParameterName, 'The file to read [default: deploy.yaml, here or in a folder above, up to the git root]')
            [CompletionResult]::new('--file', '--file', [CompletionResultType]::ParameterName, 'The file to read [default: deploy.yaml, here or in a folder above, up to the git root]')
            [CompletionResult]::new('--var', '--var', [CompletionResultType]::ParameterName, 'Set `${vars.NAME}`, over what the file says (repeatable) [env: ECSCTL_VAR_<NAME>]')
            [CompletionResult]::new('--image', '--image', [CompletionResultType]::ParameterName, 'Use this image as it stands, and neither build nor push it (repeatable)')
            [CompletionResult]::new('--only', '--only', [CompletionResultType]::ParameterName, 'Only these services and their images; for build and push, only these images (repeatable, or a,b)')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'The region [default: the file''s, AWS_REGION, AWS_DEFAULT_REGION, the profile''s]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile in AWS''s configuration files [default: the file''s, AWS_PROFILE]')
            [CompletionResult]::new('--assume-role', '--assume-role', [CompletionResultType]::ParameterName, 'Act as this role')
            [CompletionResult]::new('--endpoint-url', '--endpoint-url', [CompletionResultType]::ParameterName, 'Send every AWS call to this endpoint, for stand-ins')
            [CompletionResult]::new('--registry', '--registry', [CompletionResultType]::ParameterName, 'Push to and run from this registry in ECR''s place, for stand-ins: [http[s]://]HOST[:PORT]')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'The form of the result on stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'The form of the result on stdout')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours; auto obeys NO_COLOR, CLICOLOR and CLICOLOR_FORCE')
            [CompletionResult]::new('--stopped', '--stopped', [CompletionResultType]::ParameterName, 'Those that stopped; ECS keeps them for about an hour')
            [CompletionResult]::new('--allow-unknown-fields', '--allow-unknown-fields', [CompletionResultType]::ParameterName, 'Let through members of the ECS API that this ecsctl does not know')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No progress: only the result, warnings and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No progress: only the result, warnings and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Everything: build logs, whole digests and ids')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Everything: build logs, whole digests and ids')
            [CompletionResult]::new('--no-progress', '--no-progress', [CompletionResultType]::ParameterName, 'Progress as lines on a terminal too, not as a live view')
            [CompletionResult]::new('--show-values', '--show-values', [CompletionResultType]::ParameterName, 'Show environment values and sensitive members instead of masking them')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Go ahead without asking')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go ahead without asking')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'ecsctl;history' {
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'So many deployments of each')
            [CompletionResult]::new('-f', '-f', [CompletionResultType]::ParameterName, 'The file to read [default: deploy.yaml, here or in a folder above, up to the git root]')
            [CompletionResult]::new('--file', '--file', [CompletionResultType]::ParameterName, 'The file to read [default: deploy.yaml, here or in a folder above, up to the git root]')
            [CompletionResult]::new('--var', '--var', [CompletionResultType]::ParameterName, 'Set `${vars.NAME}`, over what the file says (repeatable) [env: ECSCTL_VAR_<NAME>]')
            [CompletionResult]::new('--image', '--image', [CompletionResultType]::ParameterName, 'Use this image as it stands, and neither build nor push it (repeatable)')
            [CompletionResult]::new('--only', '--only', [CompletionResultType]::ParameterName, 'Only these services and their images; for build and push, only these images (repeatable, or a,b)')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'The region [default: the file''s, AWS_REGION, AWS_DEFAULT_REGION, the profile''s]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile in AWS''s configuration files [default: the file''s, AWS_PROFILE]')
            [CompletionResult]::new('--assume-role', '--assume-role', [CompletionResultType]::ParameterName, 'Act as this role')
            [CompletionResult]::new('--endpoint-url', '--endpoint-url', [CompletionResultType]::ParameterName, 'Send every AWS call to this endpoint, for stand-ins')
            [CompletionResult]::new('--registry', '--registry', [CompletionResultType]::ParameterName, 'Push to and run from this registry in ECR''s place, for stand-ins: [http[s]://]HOST[:PORT]')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'The form of the result on stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'The form of the result on stdout')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours; auto obeys NO_COLOR, CLICOLOR and CLICOLOR_FORCE')
            [CompletionResult]::new('--allow-unknown-fields', '--allow-unknown-fields', [CompletionResultType]::ParameterName, 'Let through members of the ECS API that this ecsctl does not know')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No progress: only the result, warnings and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No progress: only the result, warnings and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Everything: build logs, whole digests and ids')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Everything: build logs, whole digests and ids')
            [CompletionResult]::new('--no-progress', '--no-progress', [CompletionResultType]::ParameterName, 'Progress as lines on a terminal too, not as a live view')
            [CompletionResult]::new('--show-values', '--show-values', [CompletionResultType]::ParameterName, 'Show environment values and sensitive members instead of masking them')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Go ahead without asking')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go ahead without asking')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'ecsctl;render' {
            [CompletionResult]::new('-f', '-f', [CompletionResultType]::ParameterName, 'The file to read [default: deploy.yaml, here or in a folder above, up to the git root]')
            [CompletionResult]::new('--file', '--file', [CompletionResultType]::ParameterName, 'The file to read [default: deploy.yaml, here or in a folder above, up to the git root]')
            [CompletionResult]::new('--var', '--var', [CompletionResultType]::ParameterName, 'Set `${vars.NAME}`, over what the file says (repeatable) [env: ECSCTL_VAR_<NAME>]')
            [CompletionResult]::new('--image', '--image', [CompletionResultType]::ParameterName, 'Use this image as it stands, and neither build nor push it (repeatable)')
            [CompletionResult]::new('--only', '--only', [CompletionResultType]::ParameterName, 'Only these services and their images; for build and push, only these images (repeatable, or a,b)')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'The region [default: the file''s, AWS_REGION, AWS_DEFAULT_REGION, the profile''s]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile in AWS''s configuration files [default: the file''s, AWS_PROFILE]')
            [CompletionResult]::new('--assume-role', '--assume-role', [CompletionResultType]::ParameterName, 'Act as this role')
            [CompletionResult]::new('--endpoint-url', '--endpoint-url', [CompletionResultType]::ParameterName, 'Send every AWS call to this endpoint, for stand-ins')
            [CompletionResult]::new('--registry', '--registry', [CompletionResultType]::ParameterName, 'Push to and run from this registry in ECR''s place, for stand-ins: [http[s]://]HOST[:PORT]')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'The form of the result on stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'The form of the result on stdout')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours; auto obeys NO_COLOR, CLICOLOR and CLICOLOR_FORCE')
            [CompletionResult]::new('--allow-unknown-fields', '--allow-unknown-fields', [CompletionResultType]::ParameterName, 'Let through members of the ECS API that this ecsctl does not know')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No progress: only the result, warnings and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No progress: only the result, warnings and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Everything: build logs, whole digests and ids')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Everything: build logs, whole digests and ids')
            [CompletionResult]::new('--no-progress', '--no-progress', [CompletionResultType]::ParameterName, 'Progress as lines on a terminal too, not as a live view')
            [CompletionResult]::new('--show-values', '--show-values', [CompletionResultType]::ParameterName, 'Show environment values and sensitive members instead of masking them')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Go ahead without asking')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go ahead without asking')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'ecsctl;completions' {
            [CompletionResult]::new('-f', '-f', [CompletionResultType]::ParameterName, 'The file to read [default: deploy.yaml, here or in a folder above, up to the git root]')
            [CompletionResult]::new('--file', '--file', [CompletionResultType]::ParameterName, 'The file to read [default: deploy.yaml, here or in a folder above, up to the git root]')
            [CompletionResult]::new('--var', '--var', [CompletionResultType]::ParameterName, 'Set `${vars.NAME}`, over what the file says (repeatable) [env: ECSCTL_VAR_<NAME>]')
            [CompletionResult]::new('--image', '--image', [CompletionResultType]::ParameterName, 'Use this image as it stands, and neither build nor push it (repeatable)')
            [CompletionResult]::new('--only', '--only', [CompletionResultType]::ParameterName, 'Only these services and their images; for build and push, only these images (repeatable, or a,b)')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'The region [default: the file''s, AWS_REGION, AWS_DEFAULT_REGION, the profile''s]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile in AWS''s configuration files [default: the file''s, AWS_PROFILE]')
            [CompletionResult]::new('--assume-role', '--assume-role', [CompletionResultType]::ParameterName, 'Act as this role')
            [CompletionResult]::new('--endpoint-url', '--endpoint-url', [CompletionResultType]::ParameterName, 'Send every AWS call to this endpoint, for stand-ins')
            [CompletionResult]::new('--registry', '--registry', [CompletionResultType]::ParameterName, 'Push to and run from this registry in ECR''s place, for stand-ins: [http[s]://]HOST[:PORT]')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'The form of the result on stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'The form of the result on stdout')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours; auto obeys NO_COLOR, CLICOLOR and CLICOLOR_FORCE')
            [CompletionResult]::new('--allow-unknown-fields', '--allow-unknown-fields', [CompletionResultType]::ParameterName, 'Let through members of the ECS API that this ecsctl does not know')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No progress: only the result, warnings and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No progress: only the result, warnings and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Everything: build logs, whole digests and ids')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Everything: build logs, whole digests and ids')
            [CompletionResult]::new('--no-progress', '--no-progress', [CompletionResultType]::ParameterName, 'Progress as lines on a terminal too, not as a live view')
            [CompletionResult]::new('--show-values', '--show-values', [CompletionResultType]::ParameterName, 'Show environment values and sensitive members instead of masking them')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Go ahead without asking')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go ahead without asking')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'ecsctl;events' {
            [CompletionResult]::new('--since', '--since', [CompletionResultType]::ParameterName, 'Only what is newer: 10m, 2h, 2026-11-20T14:00:00Z')
            [CompletionResult]::new('--file', '--file', [CompletionResultType]::ParameterName, 'The file to read [default: deploy.yaml, here or in a folder above, up to the git root]')
            [CompletionResult]::new('--var', '--var', [CompletionResultType]::ParameterName, 'Set `${vars.NAME}`, over what the file says (repeatable) [env: ECSCTL_VAR_<NAME>]')
            [CompletionResult]::new('--image', '--image', [CompletionResultType]::ParameterName, 'Use this image as it stands, and neither build nor push it (repeatable)')
            [CompletionResult]::new('--only', '--only', [CompletionResultType]::ParameterName, 'Only these services and their images; for build and push, only these images (repeatable, or a,b)')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'The region [default: the file''s, AWS_REGION, AWS_DEFAULT_REGION, the profile''s]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile in AWS''s configuration files [default: the file''s, AWS_PROFILE]')
            [CompletionResult]::new('--assume-role', '--assume-role', [CompletionResultType]::ParameterName, 'Act as this role')
            [CompletionResult]::new('--endpoint-url', '--endpoint-url', [CompletionResultType]::ParameterName, 'Send every AWS call to this endpoint, for stand-ins')
            [CompletionResult]::new('--registry', '--registry', [CompletionResultType]::ParameterName, 'Push to and run from this registry in ECR''s place, for stand-ins: [http[s]://]HOST[:PORT]')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'The form of the result on stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'The form of the result on stdout')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours; auto obeys NO_COLOR, CLICOLOR and CLICOLOR_FORCE')
            [CompletionResult]::new('-f', '-f', [CompletionResultType]::ParameterName, 'Go on with what comes, until Ctrl-C')
            [CompletionResult]::new('--follow', '--follow', [CompletionResultType]::ParameterName, 'Go on with what comes, until Ctrl-C')
            [CompletionResult]::new('--allow-unknown-fields', '--allow-unknown-fields', [CompletionResultType]::ParameterName, 'Let through members of the ECS API that this ecsctl does not know')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No progress: only the result, warnings and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No progress: only the result, warnings and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Everything: build logs, whole digests and ids')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Everything: build logs, whole digests and ids')
            [CompletionResult]::new('--no-progress', '--no-progress', [CompletionResultType]::ParameterName, 'Progress as lines on a terminal too, not as a live view')
            [CompletionResult]::new('--show-values', '--show-values', [CompletionResultType]::ParameterName, 'Show environment values and sensitive members instead of masking them')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Go ahead without asking')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go ahead without asking')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'ecsctl;logs' {
            [CompletionResult]::new('--since', '--since', [CompletionResultType]::ParameterName, 'All that is newer, of stopped tasks too: 10m, 2h, 2026-11-20T14:00:00Z')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'So many of the last lines of each container [default: 100; with --since or --previous all]')
            [CompletionResult]::new('--tail', '--tail', [CompletionResultType]::ParameterName, 'So many of the last lines of each container [default: 100; with --since or --previous all]')
            [CompletionResult]::new('--task', '--task', [CompletionResultType]::ParameterName, 'Only this task, by the beginning of its id (repeatable)')
            [CompletionResult]::new('--container', '--container', [CompletionResultType]::ParameterName, 'Only this container (repeatable)')
            [CompletionResult]::new('--grep', '--grep', [CompletionResultType]::ParameterName, 'Only lines that match this regular expression')
            [CompletionResult]::new('--file', '--file', [CompletionResultType]::ParameterName, 'The file to read [default: deploy.yaml, here or in a folder above, up to the git root]')
            [CompletionResult]::new('--var', '--var', [CompletionResultType]::ParameterName, 'Set `${vars.NAME}`, over what the file says (repeatable) [env: ECSCTL_VAR_<NAME>]')
            [CompletionResult]::new('--image', '--image', [CompletionResultType]::ParameterName, 'Use this image as it stands, and neither build nor push it (repeatable)')
            [CompletionResult]::new('--only', '--only', [CompletionResultType]::ParameterName, 'Only these services and their images; for build and push, only these images (repeatable, or a,b)')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'The region [default: the file''s, AWS_REGION, AWS_DEFAULT_REGION, the profile''s]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile in AWS''s configuration files [default: the file''s, AWS_PROFILE]')
            [CompletionResult]::new('--assume-role', '--assume-role', [CompletionResultType]::ParameterName, 'Act as this role')
            [CompletionResult]::new('--endpoint-url', '--endpoint-url', [CompletionResultType]::ParameterName, 'Send every AWS call to this endpoint, for stand-ins')
            [CompletionResult]::new('--registry', '--registry', [CompletionResultType]::ParameterName, 'Push to and run from this registry in ECR''s place, for stand-ins: [http[s]://]HOST[:PORT]')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'The form of the result on stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'The form of the result on stdout')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours; auto obeys NO_COLOR, CLICOLOR and CLICOLOR_FORCE')
            [CompletionResult]::new('-f', '-f', [CompletionResultType]::ParameterName, 'Go on with what comes, until Ctrl-C')
            [CompletionResult]::new('--follow', '--follow', [CompletionResultType]::ParameterName, 'Go on with what comes, until Ctrl-C')
            [CompletionResult]::new('--previous', '--previous', [CompletionResultType]::ParameterName, 'The tasks that failed last; where none did, those that stopped last')
            [CompletionResult]::new('--allow-unknown-fields', '--allow-unknown-fields', [CompletionResultType]::ParameterName, 'Let through members of the ECS API that this ecsctl does not know')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No progress: only the result, warnings and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No progress: only the result, warnings and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Everything: build logs, whole digests and ids')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Everything: build logs, whole digests and ids')
            [CompletionResult]::new('--no-progress', '--no-progress', [CompletionResultType]::ParameterName, 'Progress as lines on a terminal too, not as a live view')
            [CompletionResult]::new('--show-values', '--show-values', [CompletionResultType]::ParameterName, 'Show environment values and sensitive members instead of masking them')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Go ahead without asking')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go ahead without asking')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'ecsctl;help' {
            [CompletionResult]::new('deploy', 'deploy', [CompletionResultType]::ParameterValue, 'Build, push, register and roll out, and stay until it is known what came of it')
            [CompletionResult]::new('build', 'build', [CompletionResultType]::ParameterValue, 'Build the images; push nothing')
            [CompletionResult]::new('push', 'push', [CompletionResultType]::ParameterValue, 'Build the images and push them to ECR')
            [CompletionResult]::new('register', 'register', [CompletionResultType]::ParameterValue, 'Build, push, and register task definitions; touch no service')
            [CompletionResult]::new('plan', 'plan', [CompletionResultType]::ParameterValue, 'Show what deploy would do, and do nothing on AWS')
            [CompletionResult]::new('wait', 'wait', [CompletionResultType]::ParameterValue, 'Watch what is in flight, and say what came of it')
            [CompletionResult]::new('rollback', 'rollback', [CompletionResultType]::ParameterValue, 'Go back to what worked before: undo what is in flight, else run the last revision that was deployed well')
            [CompletionResult]::new('stop', 'stop', [CompletionResultType]::ParameterValue, 'Stop what is in flight: ECS goes back to what ran before it')
            [CompletionResult]::new('continue', 'continue', [CompletionResultType]::ParameterValue, 'Let a paused deployment go on, and watch it')
            [CompletionResult]::new('status', 'status', [CompletionResultType]::ParameterValue, 'Show what runs')
            [CompletionResult]::new('open', 'open', [CompletionResultType]::ParameterValue, 'Open a service''s address in a browser, or print it')
            [CompletionResult]::new('scale', 'scale', [CompletionResultType]::ParameterValue, 'Set how many tasks services run, and watch until they do')
            [CompletionResult]::new('restart', 'restart', [CompletionResultType]::ParameterValue, 'Replace every task by a new one of the same definition, and say what came of it')
            [CompletionResult]::new('delete', 'delete', [CompletionResultType]::ParameterValue, 'Delete services and stop their tasks; leaves images, task definitions and log groups')
            [CompletionResult]::new('tasks', 'tasks', [CompletionResultType]::ParameterValue, 'Show the tasks of services, or why they stopped')
            [CompletionResult]::new('history', 'history', [CompletionResultType]::ParameterValue, 'Show what was deployed when, by whom, and what came of it')
            [CompletionResult]::new('render', 'render', [CompletionResultType]::ParameterValue, 'Print deploy.yaml resolved: every default, every ${…}, as it goes to AWS')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Print the completions for a shell')
            [CompletionResult]::new('events', 'events', [CompletionResultType]::ParameterValue, 'Show what ECS wrote about services, the newest last')
            [CompletionResult]::new('logs', 'logs', [CompletionResultType]::ParameterValue, 'Show what the containers of services wrote to CloudWatch Logs')
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
