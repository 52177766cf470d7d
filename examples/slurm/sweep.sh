#!/bin/sh
# A sweep from its file to its database with Slurm:  sweep.sh DATA SWEEP.csv DIR DB [TASKS [OPTIONS OF sweep plan...]]
#
# Plans the folder DIR unless it is there, submits its shards as a job array and waits for them, merges the results. After a failure run it again: what is done stays done.
# SPDX-License-Identifier: GPL-3.0-or-later
set -eu
if [ $# -lt 4 ]; then
    sed -n 's/^# A sweep/A sweep/p' "$0" >&2
    exit 2
fi
here=$(dirname "$0") data=$1 file=$2 folder=$3 database=$4 tasks=${5:-4} fabplan=${FABPLAN:-fabplan}
shift 4
[ $# -eq 0 ] || shift
[ -e "$folder/sweep.json" ] || "$fabplan" sweep plan "$data" "$file" "$folder" "$@"
sbatch --wait --array="1-$tasks" "$here/sweep.sbatch" "$folder"
"$fabplan" sweep merge "$folder" "$database"
