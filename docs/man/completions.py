#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Completion of the command line in bash, zsh and fish, from the command table.

completions.py TABLE bash|zsh|fish > FILE   TABLE is what `aver help --json` prints
"""
import sys

from table import choices, flags, kind, load, positional


def quote(text):
    """For all three shells."""
    return "'" + text.replace("'", "'\\''") + "'"


BASH = r"""# bash completion of aver; made from its table of commands
_aver_add() {
  local word
  while IFS= read -r word; do
    [[ $word == "$cur"* ]] && COMPREPLY+=("$word")
  done
}

_aver_files() {
  local word
  while IFS= read -r word; do
    COMPREPLY+=("$word")
  done
  compopt -o filenames 2>/dev/null
}

# KIND: adds what begins with $cur.
_aver_complete() {
  case $1 in
  file) _aver_files < <(compgen -f -- "$cur") ;;
  folder) _aver_files < <(compgen -d -- "$cur") ;;
  pipeline) _aver_files < <(compgen -d -- "$cur"; compgen -f -X '!*.json' -- "$cur") ;;
  commands) _aver_add <<<@COMMANDS@ ;;
  words) _aver_add <<<"${values// /$'\n'}" ;;
  none) ;;
  *) _aver_add < <("$program" help --values "$1" 2>/dev/null) ;;
  esac
}

_aver() {
  local program=${1/#\~\//$HOME/} cur='' command='' option='' before=0 i word kind values
  local -a words=()
  # bash cuts words at '='.
  for ((i = 1; i <= COMP_CWORD; i++)); do
    word=${COMP_WORDS[i]}
    if ((${#words[@]} > 0)) && [[ $word == = || ${COMP_WORDS[i - 1]} == = ]]; then
      words[${#words[@]}-1]+=$word
    else
      words+=("$word")
    fi
  done
  ((${#words[@]} > 0)) || words=('')
  cur=${words[${#words[@]}-1]}
  for word in "${words[@]:0:${#words[@]}-1}"; do
    if [[ -n $option ]]; then
      option=
    elif [[ -z $command ]]; then
      [[ $word == -* ]] || command=$word
    elif [[ $word == -* ]]; then
      _aver_kind "$command" "$word" && [[ $kind != flag ]] && option=$word
    else
      before=$((before + 1))
    fi
  done
  COMPREPLY=()
  if [[ -z $command ]]; then
    if [[ $cur == -* ]]; then _aver_add <<<$'--help\n--version'; else _aver_complete commands; fi
  elif [[ -n $option ]]; then
    _aver_kind "$command" "$option"
    _aver_complete "$kind"
  elif [[ $cur == --*=* ]]; then
    option=${cur%%=*}
    if _aver_kind "$command" "$option" && [[ $kind != flag ]]; then
      cur=${cur#*=}
      _aver_complete "$kind"
    fi
  elif [[ $cur == -* ]]; then
    _aver_options "$command"
    _aver_add <<<"${values// /$'\n'}"
  else
    _aver_positional "$command" "$before"
    _aver_complete "$kind"
  fi
  # Only what follows the last '=' is replaced.
  if [[ $cur == *=* && $COMP_WORDBREAKS == *=* ]]; then
    COMPREPLY=("${COMPREPLY[@]#"${cur%=*}="}")
  fi
  if ((${#COMPREPLY[@]} == 1)) && [[ ${COMPREPLY[0]} == *= ]]; then compopt -o nospace 2>/dev/null; fi
  return 0
}
"""


def bash(commands):
    names = "\n".join(command["name"] for command in commands)
    out = [BASH.replace("@COMMANDS@", "$" + quote(names).replace("\n", "\\n"))]
    out += ["# COMMAND OPTION: the kind of its argument; fails when there is no such option.",
            "_aver_kind() {", "  values=", "  case \"$1 $2\" in"]
    for command in commands:
        for option in command["options"]:
            word = option["argument"]
            what = "flag" if word is None else kind(command, word)
            patterns = " | ".join(quote(f"{command['name']} {flag}") for flag in flags(option))
            if what == "choices":
                out.append(f"  {patterns}) kind=words values={quote(' '.join(choices(word)))} ;;")
            else:
                out.append(f"  {patterns}) kind={what} ;;")
    out += ["  *) return 1 ;;", "  esac", "}", "", "_aver_options() {", "  values=", "  case $1 in"]
    for command in commands:
        all_flags = " ".join(flag for option in command["options"] for flag in flags(option))
        out.append(f"  {command['name']}) values={quote(all_flags)} ;;")
    out += ["  esac", "}", "", "# COMMAND N: the kind of the argument behind N others.", "_aver_positional() {",
            "  kind=none", "  case \"$1 $2\" in"]
    for command in commands:
        kinds, repeated = positional(command)
        for i, what in enumerate(kinds):
            last = repeated and i + 1 == len(kinds)
            pattern = quote(command["name"] + " ") + "*" if last else quote(f"{command['name']} {i}")
            out.append(f"  {pattern}) kind={what} ;;")
    out += ["  esac", "}", "", "complete -F _aver aver"]
    return out


def zsh_action(command, word):
    what = kind(command, word)
    if what == "choices":
        return "(" + " ".join(choices(word)) + ")"
    return {"file": "_files", "folder": "_files -/", "pipeline": "_files -g '*.json'", "none": " ",
            "commands": "_aver_commands"}.get(what, "{_aver_values " + what + "}")


def zsh_text(text):
    for character in "\\[]:":
        text = text.replace(character, "\\" + character)
    return text


def zsh_option(command, option):
    word, names = option["argument"], flags(option)
    tail = f"[{zsh_text(option['help'] or '')}]"
    if word is not None:
        tail += f":{zsh_text(word)}:{zsh_action(command, word)}"
    once = "*" if option["repeatable"] else "(" + " ".join(names) + ")"
    ends = {True: ("", ""), False: ("+", "=")}[word is None]
    return [quote(once + name + ends[name.startswith("--")] + tail) for name in names]


def zsh(commands):
    out = ["#compdef aver", "# zsh completion of aver; made from its table of commands", "", "_aver_values() {",
           "  local -a found", "  found=(${(f)\"$(_call_program values aver help --values $1 2>/dev/null)\"})",
           "  compadd -S '' -- ${(M)found:#*=}", "  compadd -- ${found:#*=}", "}", "", "_aver_commands() {",
           "  local -a commands=("]
    out += [f"    {quote(command['name'] + ':' + zsh_text(command['summary']))}" for command in commands]
    out += ["  )", "  _describe command commands", "}", "", "_aver() {", "  local curcontext=$curcontext state line",
            "  _arguments -C '--help[Show help]' '--version[Show the version]' '1: :_aver_commands' '*:: :->rest'",
            "  [[ $state == rest ]] || return 0", "  case $line[1] in"]
    for command in commands:
        out.append(f"  {command['name']})\n    _arguments -s \\")
        for option in command["options"]:
            out += [f"      {spec} \\" for spec in zsh_option(command, option)]
        kinds, repeated = positional(command)
        specs = []
        for i, what in enumerate(kinds):
            action = {"file": "_files", "folder": "_files -/", "pipeline": "_files -g '*.json'", "none": " ",
                      "commands": "_aver_commands"}.get(what, "{_aver_values " + what + "}")
            place = "*" if repeated and i + 1 == len(kinds) else str(i + 1)
            specs.append("      " + quote(f"{place}: :{action}"))
        out += [" \\\n".join(specs), "    ;;"]
    out += ["  esac", "}", "", "_aver \"$@\""]
    return out


def fish_action(what, values):
    if what in ("file", "folder", "pipeline"):
        return "-r -F"
    if what == "none":
        return "-x"
    if what == "choices":
        return f"-x -a {quote(' '.join(values))}"
    return f"-x -a '(aver help --values {what} 2>/dev/null)'"


def fish(commands):
    out = ["# fish completion of aver; made from its table of commands", "complete -c aver -f",
           "complete -c aver -n __fish_use_subcommand -l help -d 'Show help'",
           "complete -c aver -n __fish_use_subcommand -l version -d 'Show the version'"]
    for command in commands:
        here = f"complete -c aver -n {quote('__fish_seen_subcommand_from ' + command['name'])}"
        out.append(f"complete -c aver -n __fish_use_subcommand -a {command['name']} -d {quote(command['summary'])}")
        for option in command["options"]:
            letter = f" -s {option['letter']}" if option["letter"] else ""
            word = option["argument"]
            action = "" if word is None else " " + fish_action(kind(command, word), choices(word))
            out.append(f"{here} -l {option['name']}{letter}{action} -d {quote(option['help'] or '')}")
        for what in dict.fromkeys(positional(command)[0]):
            if what == "commands":
                out.append(f"{here} -a {quote(' '.join(other['name'] for other in commands))}")
            elif what in ("file", "folder", "pipeline"):
                out.append(f"{here} -F")
            elif what != "none":
                out.append(f"{here} -a '(aver help --values {what} 2>/dev/null)'")
    return out


if __name__ == "__main__":
    print("\n".join({"bash": bash, "zsh": zsh, "fish": fish}[sys.argv[2]](load(sys.argv[1])["commands"])))
