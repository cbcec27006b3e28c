#!/bin/sh
# Mutation testing of the rules, in build/mutants: sh tests/unit/domain/mutants.sh [MUTANT...]
# A MUTANT is a pattern such as 'attendance.domain.explain*'; none means all, about half an hour.
set -eu
root=$(cd "$(dirname "$0")/../../.." && pwd)
code=$root/layers/attendance/attendance
there=$root/build/mutants
mkdir -p "$there/attendance" "$there/tests/unit"
cd "$there"
test -d env || "${PYTHON:-$root/.venv/bin/python}" -m venv env
env/bin/pip install --quiet mutmut==3.8.1 pytest hypothesis pydantic tzdata

rm -rf mutants attendance/* tests/unit/domain
for part in domain inputs simulation __init__.py errors.py identity.py record_id.py settings.py times.py; do
    cp -R "$code/$part" attendance/
done
cp "$root/tests/__init__.py" tests/
cp -R "$root/tests/unit/domain" tests/unit/
rm tests/unit/domain/test_speed.py
for test in tests/unit/domain/test_*.py; do
    sed 's/max_examples=[0-9]*/max_examples=15/' "$test" > changed && mv changed "$test"
done

printf '[pytest]\npythonpath = .\naddopts = --import-mode=importlib\n' > pytest.ini
cat > setup.cfg <<'CONFIG'
[mutmut]
source_paths=attendance
do_not_mutate=
    attendance/simulation/*
    attendance/inputs/*
    attendance/errors.py
    attendance/settings.py
    attendance/times.py
    attendance/identity.py
    attendance/record_id.py
also_copy=
    tests
    pytest.ini
CONFIG
env/bin/mutmut run --max-children "${PROCESSES:-1}" "$@" > run.log 2>&1 || { tail -n 20 run.log; exit 1; }
tr '\r' '\n' < run.log | grep 🎉 | grep 🙁 | tail -n 1
env/bin/mutmut results | grep -v 'not checked' || echo 'every change was noticed'
