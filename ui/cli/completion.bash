# bash completion for bounceboard

# __bounceboard_read takes the line up to the cursor apart as the shell would,
# because the last word may be inside a quote. It sets words, open (that quote),
# closed (the last word had one that ended), and kept (what of the last word
# the line editor leaves as it stands).
__bounceboard_read() {
    local line=${COMP_LINE:0:COMP_POINT} i c word= begun=
    words=() open= closed= kept=
    for ((i = 0; i < ${#line}; i++)); do
        c=${line:i:1}
        case $open$c in
        \'\' | \"\") open= closed=1 ;;
        \"\\)
            [[ ${line:i+1:1} == [\$\`\"\\] ]] && ((i += 1)) && c=${line:i:1}
            word+=$c
            ;;
        \'?* | \"?*) word+=$c ;;
        \\)
            ((i += 1))
            word+=${line:i:1} begun=1
            ;;
        \' | \") open=$c begun=1 kept=$word ;;
        [[:space:]])
            [[ $begun ]] && words+=("$word")
            word= begun= closed= kept=
            ;;
        \~)
            [[ -z $begun && ${line:i+1:1} == / ]] && c=$HOME
            word+=$c begun=1
            ;;
        *)
            word+=$c begun=1
            [[ $COMP_WORDBREAKS == *"$c"* ]] && kept=$word
            ;;
        esac
    done
    words+=("$word")
}

# __bounceboard_typed writes $1 as it has to be typed here.
__bounceboard_typed() {
    local c escaped
    typed=$1
    case $open in
    \") for c in \\ \" \$ \`; do
        escaped=\\$c
        typed=${typed//"$c"/"$escaped"}
    done ;;
    '')
        printf -v typed %q "$1"
        typed=${typed//\\,/,}
        ;;
    esac
}

__bounceboard() {
    local words open closed kept typed out directive line text flag= last i longest=0
    local tab=$'\t' names=() about=()
    COMPREPLY=()
    __bounceboard_read
    if [[ $closed ]]; then
        compopt +o default 2>/dev/null
        return
    fi
    out=$(eval "${COMP_WORDS[0]} __complete \"\${words[@]:1}\"" 2>/dev/null)
    directive=${out##*:} # 1 error, 2 no blank behind it, 4 no files
    [[ $directive =~ ^[0-9]+$ ]] || return
    ((directive & 4)) && compopt +o default 2>/dev/null
    ((directive & 1)) && return
    ((directive & 2)) && compopt -o nospace 2>/dev/null

    last=${words[${#words[@]} - 1]}
    [[ $last == -*=* ]] && flag=${last%%=*}=
    while IFS= read -r line; do
        text=$flag${line%%"$tab"*}
        [[ -n $line && $text == "$last"* ]] || continue
        [[ $open == \' && $text == *\'* ]] && continue
        __bounceboard_typed "${text#"$kept"}"
        names+=("$typed")
        [[ $line == *"$tab"* ]] && about+=("${line#*"$tab"}") || about+=("")
        ((${#typed} > longest)) && longest=${#typed}
    done <<<"${out%:*}"

    COMPREPLY=("${names[@]}")
    if ((${#names[@]} == 1 && directive & 2)) && [[ $open ]]; then
        COMPREPLY+=("${names[0]} ") # one alone would end the quote
    elif ((${#names[@]} > 1)) && [[ $COMP_TYPE == 63 ]]; then # only a list
        for i in "${!names[@]}"; do
            [[ ${about[i]} ]] || continue
            printf -v line "%-${longest}s  (%s" "${names[i]}" "${about[i]}"
            ((${#line} > COLUMNS - 2)) && line=${line:0:COLUMNS - 3}…
            COMPREPLY[i]="$line)"
        done
    fi
}

if type compopt >/dev/null 2>&1; then
    complete -o default -F __bounceboard bounceboard
else # bash 3
    complete -o default -o nospace -F __bounceboard bounceboard
fi
