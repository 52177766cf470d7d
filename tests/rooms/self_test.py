#!/usr/bin/env python3
"""scripts/rooms finds each kind of fault in a small made-up tree, and nothing in a good one.

    self_test.py ROOMS
"""
import os
import subprocess
import sys
import tempfile

GOOD = {
    "CMakeLists.txt": "fabplan_layer(base)\nfabplan_layer(lp USES base LIBRARIES ${glpk_LIBRARY} m)\n"
                      "fabplan_layer(plan/terms USES base)\nfabplan_layer(plan/stages USES plan/terms\n  lp base) # plan: last\n"
                      "foreach(shared array.h)\n",
    "include/fabplan/context.h": "struct fab_context;\n",
    "include/fabplan/table.h": "#include <fabplan/context.h>\nstruct fab_table {\n    int rows;\n};\n",
    "src/base/arena.h": "#include <fabplan/context.h>\n/* struct fab_row {\n is only talked about */\n",
    "src/base/arena.c": '#include "arena.h"\n#include <stdlib.h>\n\nMAKE(a, b, c)\n\nstatic int add(int a, int (*b)(int, int))\n{\n    return a + b(1, 2);\n}\n',
    "src/base/array.h": "\n",
    "src/lp/lp.h": '#include "arena.h"\nstruct fab_row {\n    int index;\n};\n',
    "src/lp/lp.c": '#include "lp.h"\n#include "fence.h"\nstruct local {\n    int a;\n};\n',
    "src/lp/fence.h": "int fence(void);\n",
    "src/lp/fence.c": '#include "fence.h"\n#include <glpk.h>\nstruct local {\n    int b;\n};\n',
    "src/plan/terms/terms.h": '#include "arena.h"\n',
    "src/plan/stages/stages.h": '#include "terms.h"\n',
    "src/plan/stages/stages.c": '#include "stages.h"\n  #  include "lp.h"\n',
    "src/cli/main.c": '#include "cli.h"\n#include "array.h"\n#include <fabplan/table.h>\n',
    "src/cli/cli.h": "\n",
    "src/cli/fence.h": "\n",
}

# changes of the good tree -> what must be said
BAD = {
    "two files": ({"src/lp/fence.h": '#include "lp.h"\n'}, "circle of 2 files: src/lp/fence -> src/lp/lp -> src/lp/fence"),
    "three files, by a .c": ({"src/lp/lp.h": '#include "a.h"\n', "src/lp/a.h": "", "src/lp/a.c": '#include "fence.h"\n', "src/lp/fence.c": '#include "lp.h"\n'},
                             "circle of 3 files: src/lp/a -> src/lp/fence -> src/lp/lp -> src/lp/a"),
    "public headers": ({"include/fabplan/context.h": "#include <fabplan/table.h>\n"}, "circle of 2 files: include/fabplan/context -> include/fabplan/table"),
    "a room not named": ({"src/plan/terms/terms.c": '#include "lp.h"\n'},
                         'src/plan/terms/terms.c: includes "lp.h" of the room lp, which plan/terms does not name in CMakeLists.txt'),
    "a room above": ({"src/base/arena.c": '#include "lp.h"\n'}, 'src/base/arena.c: includes "lp.h" of the room lp, which base does not name'),
    "the folder around a room": ({"src/plan/terms/terms.c": '#include "stages.h"\n'}, "of the room plan/stages, which plan/terms does not name"),
    "the program sees a room": ({"src/cli/main.c": '#include "arena.h"\n'}, 'src/cli/main.c: includes "arena.h" of the room base'),
    "a public header sees a room": ({"include/fabplan/table.h": '#include "arena.h"\n'}, "a public header includes public headers alone"),
    "no such header": ({"src/lp/lp.c": '#include "nothing.h"\n'}, 'src/lp/lp.c: includes "nothing.h", which no room has'),
    "a folder that is no room": ({"src/plan/plan.c": "\n"}, "src/plan: is no room of CMakeLists.txt"),
    "a room that is none": ({"CMakeLists.txt": GOOD["CMakeLists.txt"].replace("lp base)", "lp base yield)")}, "the room plan/stages uses yield, which is none"),
    "a circle of rooms": ({"CMakeLists.txt": GOOD["CMakeLists.txt"].replace("fabplan_layer(base)", "fabplan_layer(base USES plan/stages)")},
                          "circle of rooms: base -> plan/stages -> base"),
    "beyond the fence": ({"src/plan/terms/terms.c": "#include <glpk.h>\n"}, "src/plan/terms/terms.c: includes glpk.h, must be in the room lp alone"),
    "a fence nobody links": ({"src/plan/terms/terms.c": "#include <sqlite3.h>\n"}, "includes sqlite3.h, must be in the room (none links it) alone"),
    "two rooms link one library": ({"CMakeLists.txt": GOOD["CMakeLists.txt"].replace("terms USES base)", "terms USES base LIBRARIES ${glpk_LIBRARY})")},
                                   "CMakeLists.txt: ${glpk_LIBRARY} is linked by the rooms lp, plan/terms, must be by one"),
    "two headers of a name": ({"src/base/lp.h": "\n"}, "two headers are named lp.h: src/base/lp.h, src/lp/lp.h"),
    "two structs of a name": ({"src/plan/terms/terms.c": "struct fab_row {\n    int b;\n};\n"},
                              "the tag fab_row stands for two things: src/lp/lp.h, src/plan/terms/terms.c"),
    "an enum and a typedef of a name": ({"src/lp/fence.h": "typedef enum fab_table {\n    FAB_A\n} fab_table;\n"},
                                        "the tag fab_table stands for two things: include/fabplan/table.h, src/lp/fence.h"),
}


def write_tree(root, files):
    for path, text in files.items():
        os.makedirs(os.path.dirname(os.path.join(root, path)) or root, exist_ok=True)
        with open(os.path.join(root, path), "w", encoding="utf-8") as file:
            file.write(text)


def run(script, files, *options):
    with tempfile.TemporaryDirectory() as root:
        write_tree(root, files)
        done = subprocess.run([sys.executable, script, *options, root], capture_output=True, text=True)
        return done.returncode, done.stdout + done.stderr


def main():
    script = sys.argv[1]
    code, said = run(script, GOOD)
    assert (code, said) == (0, ""), f"the good tree: {code} {said}"
    for name, (changes, expected) in BAD.items():
        code, said = run(script, {**GOOD, **changes})
        assert code == 1 and expected in said, f"{name}: {code}, '{expected}' is not in: {said}"
        assert len(said.splitlines()) == 1, f"{name}: more is said than is wrong: {said}"
    code, said = run(script, {**GOOD, "tests/test_lp.c": "\n" * 14}, "--proportions")
    assert code == 0 and "functions        1, median 4 lines" in said and "most 2" in said and "100%" in said, said
    print(f"{len(BAD)} kinds of fault found")


if __name__ == "__main__":
    main()
