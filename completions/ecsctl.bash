_ecsctl() {
    local IFS=$'\n'
    COMPREPLY=($(_ECSCTL_COMPLETE=bash _CLAP_COMPLETE_INDEX="$COMP_CWORD" \
        command ecsctl -- "${COMP_WORDS[@]}" 2>/dev/null))
    # The word goes on after `web=` and after a folder.
    if [[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == *[=/] ]]; then
        compopt -o nospace 2>/dev/null
    fi
}
if ((BASH_VERSINFO[0] > 4 || BASH_VERSINFO[0] == 4 && BASH_VERSINFO[1] >= 4)); then
    complete -F _ecsctl -o bashdefault -o nosort ecsctl
else
    complete -F _ecsctl -o bashdefault ecsctl
fi
