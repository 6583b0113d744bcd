/*
 * runs_heads_settle.c - what a header's labels are when they are seen together.
 */
#include "recognise/runs_heads.h"

static guint32 first_line(const HeadCell *cell)
{
    return ((const Word *)cell->words->pdata[0])->line;
}

/*
 * 指标值 beside 指标性质 or 度量单位 is a part of the target, and a target's label above it stands over
 * all three.
 */
void run_head_settle_target(RunHead *head)
{
    HeadCell *value = NULL, *parent = NULL;
    bool has_parts = false;
    for (guint k = 0; k < head->cells->len; k++) {
        HeadCell *cell = run_head_cell(head, k);
        has_parts |= cell->role == ROLE_COMPARATOR || cell->role == ROLE_TARGET_UNIT;
        if (cell->role != ROLE_TARGET && cell->role != ROLE_TARGET_VALUE)
            continue;
        parent = value && first_line(value) < first_line(cell) ? value : value ? cell : NULL;
        value = parent == value || !value ? cell : value;
    }
    if (!has_parts || !value)
        return;
    value->role = ROLE_TARGET_VALUE;
    if (parent)
        parent->is_parent = true;
}

static guint count_role(const RunHead *head, Role role)
{
    guint count = 0;
    for (guint k = 0; k < head->cells->len; k++)
        count += run_head_cell(head, k)->role == role;
    return count;
}

/*
 * The block's own label may be spelled like one of its columns': at the left edge, beside another of
 * that kind, it is the block's.  And 年度目标 beside 年度目标完成情况 is what was expected.
 */
void run_head_settle_goals(RunHead *head)
{
    HeadCell *first = run_head_cell(head, 0);
    if (first->role != ROLE_NONE && count_role(head, first->role) > 1) {
        first->role = ROLE_NONE;
        first->is_block = true;
    }
    if (count_role(head, ROLE_TARGET) > 0 || count_role(head, ROLE_ACTUAL) != 1)
        return;
    for (guint k = head->cells->len; k-- > 1;) {
        HeadCell *cell = run_head_cell(head, k), *left = run_head_cell(head, k - 1);
        if (cell->role != ROLE_ACTUAL || !left->is_block || first_line(left) != first_line(cell))
            continue;
        left->role = ROLE_TARGET;
        left->is_block = false;
    }
}
