#!/bin/sh
# What `alt_disk_copy -s` and `alt_disk_mksysb -s` run before they unmount the copy, and what a NIM `script` or `fb_script`
# calls in the new system: it keeps the evidence of the image, and changes nothing else. The collector
# (`rmccomply collect script > collector.sh`) stands in the folder of this script.
#
#   RMC_KEEP     the folder for the bundle, on a share or of logs; the script's own folder where it is not set
#   RMC_ROOT     where the image is mounted; /alt_inst while it is mounted there; empty for the running system
#   RMC_PLAN     image
#
# An installation is never broken by it: it ends with 0 whatever happens, and says on standard error what did. Where the
# collector did not run, the bundle is one that was cut at its first line: every rule is unknown then.
umask 077
unset CDPATH
left_out() {
  printf '%s\n' "rmc: $1: nothing was collected" >&2
  exit 0
}

# Where a folder really is, whatever links lead to it: `pwd` of the shell keeps the links.
really() {
  (cd "$1" 2>/dev/null && env PWD= pwd)
}

MOUNTED=
if [ -d /alt_inst/etc ]; then MOUNTED=/alt_inst; fi
ROOT=${RMC_ROOT-$MOUNTED}
ROOT=${ROOT%/}
FOLDER=$(really "$(dirname "$0")")
KEEP=$(really "${RMC_KEEP:-$FOLDER}") || left_out "${RMC_KEEP:-$FOLDER} is not there"
if [ -n "$ROOT" ]; then
  IMAGE=$(really "$ROOT") || IMAGE=$ROOT
  case $KEEP/ in "$IMAGE"/*) left_out "$KEEP is in the image, where nothing may be written" ;; esac
fi

NAME=$KEEP/rmc-$(uname -n).rmcc
rm -f "$NAME" "$NAME.part"
{ printf '%s\n' '%rmccomply-evidence 1' >"$NAME"; } 2>/dev/null || left_out "$NAME cannot be written"
sh "$FOLDER/collector.sh" "${RMC_PLAN:-image}" ${ROOT:+--root "$ROOT"} >"$NAME.part" </dev/null
printf '%s\n' "rmc: the collector ended with status $?; the evidence is in $NAME" >&2
if [ -s "$NAME.part" ]; then
  mv "$NAME.part" "$NAME"
else
  rm -f "$NAME.part"
fi
exit 0
