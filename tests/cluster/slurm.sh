#!/usr/bin/env bash
# scripts/cluster/submit.sh under a Slurm of our own: munge, slurmctld and two slurmd on this machine, config and state in a temporary folder.
# One task and one node daemon are killed in the middle; the report is that of one run.
#
# usage: slurm.sh ZIPING [DOCUMENTS]      20,000 documents
# shellcheck source=tests/cli/common.bash
. "$(dirname "$0")/../cli/common.bash" "$1"
skip() { echo "skipped: $*"; exit 77; }
for program in sbatch slurmctld slurmd munged mungekey; do
    PATH=$PATH:/usr/sbin command -v "$program" >/dev/null || skip "$program is not installed (slurm-wlm, munge)"
done
[ "$(id -u)" -eq 0 ] || skip "slurmd needs root"
PATH=$PATH:/usr/sbin
scripts=$(realpath "$here/../../scripts/cluster")
export ZIPING=$ziping SLURM_CONF=$work/slurm.conf
documents=${2:-20000}
host=$(hostname -s)
chmod 755 "$work"

# Daemons of this test, by their process ids.
pids=()
stop_all() {
    local pid
    for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null; done
    sleep 1
    for pid in "${pids[@]}"; do kill -9 "$pid" 2>/dev/null; done
    chmod -R u+rwx "$work" 2>/dev/null
    rm -rf "$work"
}
trap stop_all EXIT

mkdir -m 700 state munge
mungekey --create --keyfile "$work/munge/key" >/dev/null 2>&1 || skip "no munge key can be made"
munged --foreground --force --key-file="$work/munge/key" --socket="$work/munge.sock" --pid-file="$work/munge/pid" --seed-file="$work/munge/seed" --log-file="$work/munge/log" >munge.out 2>&1 &
pids+=($!)
cat >slurm.conf <<EOF
ClusterName=test
SlurmctldHost=$host(127.0.0.1)
SlurmUser=root
AuthType=auth/munge
AuthInfo=socket=$work/munge.sock
CryptoType=crypto/munge
StateSaveLocation=$work/state
SlurmdSpoolDir=$work/spool-%n
SlurmctldPidFile=$work/ctld.pid
SlurmdPidFile=$work/slurmd-%n.pid
SlurmctldLogFile=$work/ctld.log
SlurmdLogFile=$work/slurmd-%n.log
SlurmctldPort=17817
ProctrackType=proctrack/pgid
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
MpiDefault=none
SwitchType=switch/none
ReturnToService=2
SlurmdTimeout=10
KillWait=2
MinJobAge=60
SchedulerParameters=sched_interval=1,sched_min_interval=0,batch_sched_delay=0
MaxArraySize=8
NodeName=n1 NodeHostname=$host NodeAddr=127.0.0.1 Port=17818 CPUs=1 RealMemory=500
NodeName=n2 NodeHostname=$host NodeAddr=127.0.0.1 Port=17819 CPUs=1 RealMemory=500
PartitionName=all Nodes=n1,n2 Default=YES MaxTime=INFINITE State=UP
EOF
slurmctld -D -c >ctld.out 2>&1 &
pids+=($!)
for node in n1 n2; do
    slurmd -D -N "$node" >"slurmd-$node.out" 2>&1 &
    pids+=($!)
    eval "$node=$!"
done
for _ in $(seq 60); do
    [ "$(sinfo -h -N -o %T 2>/dev/null | grep -c '^idle')" -eq 2 ] && break
    sleep 0.5
done
[ "$(sinfo -h -N -o %T 2>/dev/null | grep -c '^idle')" -eq 2 ] ||
    skip "Slurm does not start here: $(cat ./*.out munge/log ctld.log slurmd-n?.log 2>/dev/null | grep -iE 'error|fatal' | head -n 5 | tr '\n' ';')"

python3 "$here/../../bench/bulk.py" make forms "$documents" html txt md
"$ziping" check forms --format json -o one.json 2>/dev/null
one=$?
# A task is killed once, and a node's daemon with all that it runs.
size=$((documents / 20))
"$scripts/submit.sh" --work run --shard-size "$size" --time 10 --mem 200 --cpus 1 --wait yes check forms -- --jobs 1 >submit.out 2>&1 &
submit=$!
until [ "$(find run/records -name '*.rec' 2>/dev/null | wc -l)" -ge 3 ]; do kill -0 $submit 2>/dev/null || break; sleep 0.1; done
# What was found may have ended before it is killed: then the next one.
killed=
until [ -n "$killed" ] || ! kill -0 $submit 2>/dev/null; do
    task=$(pgrep -f -- "--shard-of $work/run/plan" | head -n 1)
    [ -z "$task" ] || { kill -9 "$task" 2>/dev/null && killed=$task; }
done
[ -n "$killed" ] || fail "no task was killed"
until [ "$(find run/records -name '*.rec' 2>/dev/null | wc -l)" -ge 6 ]; do kill -0 $submit 2>/dev/null || break; sleep 0.1; done
# shellcheck disable=SC2154
kill -9 "$n2" || fail "no node daemon was killed"
sleep 2
# Steps of the killed daemon may still hold its port.
(
    trap 'kill $!; exit' TERM
    for _ in $(seq 20); do
        slurmd -D -N n2 >>slurmd-n2.out 2>&1 &
        wait $!
        sleep 2
    done
) &
pids+=($!)
for _ in $(seq 280); do kill -0 $submit 2>/dev/null || break; sleep 1; done
kill -0 $submit 2>/dev/null && { fail "not over after 280 seconds"; squeue; sinfo; tail -n 15 ctld.log submit.out slurmd-n?.out run/slurm/*; kill $submit; }
wait $submit
status=$?
last=submit.sh
cp submit.out "$work/err"
exits "$one"
cmp -s run/report.json one.json || { fail "the report differs from that of one run"; tail -n 3 submit.out run/slurm/* | head -n 40; }
finish
