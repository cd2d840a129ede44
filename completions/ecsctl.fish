complete --keep-order --exclusive --command ecsctl --arguments "(_ECSCTL_COMPLETE=fish ecsctl -- (commandline --current-process --tokenize --cut-at-cursor) (commandline --current-token))"
