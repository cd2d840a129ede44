
set edit:completion:arg-completer[ecsctl] = { |@words|
    var index = (count $words)
    set index = (- $index 1)

    put (env _CLAP_IFS="\n" _CLAP_COMPLETE_INDEX=(to-string $index) _ECSCTL_COMPLETE="elvish" ecsctl -- $@words) | to-lines
}

