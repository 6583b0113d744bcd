/*
 * limits.h - every limit on hostile or huge input, with its name.
 *
 * A message about a limit prints its name; a lint checks that a test names each one.
 */
#pragma once

/* Bytes of one input file. */
#define ZP_LIMIT_INPUT_BYTES (128u * 1024 * 1024)
/* Bytes that deciding the format may look at. */
#define ZP_LIMIT_PROBE_BYTES (64u * 1024)
/* Cells of one document, blank ones included. */
#define ZP_LIMIT_CELLS 4000000u
/* Columns of one table; further cells of the row are an error, not dropped. */
#define ZP_LIMIT_COLUMNS 1000u
/* Elements, tables and drawings inside each other, whatever the format; most have a lower limit. */
#define ZP_LIMIT_DEPTH 1024u
/* Tables inside tables; the text of deeper ones belongs to the cell around them. */
#define ZP_LIMIT_NESTED_TABLES 64u
/* Elements of a web page that are open at once; deeper blocks no longer end a line. */
#define ZP_LIMIT_OPEN_ELEMENTS 1000u
/* Attributes of one element: libxml2 compares each with all before it. */
#define ZP_LIMIT_ATTRIBUTES 256u
/* Bytes of a page's style sheets, and selectors of theirs that are kept. */
#define ZP_LIMIT_STYLE_BYTES (1024u * 1024)
#define ZP_LIMIT_STYLE_RULES 10000u
/* Comparisons of selectors with the elements of a page; further elements are read as if seen. */
#define ZP_LIMIT_STYLE_STEPS 20000000u
/* Bytes of one cell's text. */
#define ZP_LIMIT_CELL_BYTES (1024u * 1024)
/* Lines of one table that Markdown draws (grid, simple, multiline); what follows is read as text. */
#define ZP_LIMIT_DRAWN_LINES 10000u
/* Bytes of one line of a Markdown text whose marks are taken out; a longer one keeps them. */
#define ZP_LIMIT_MARKED_BYTES (16u * 1024)
/* Lines of one stretch of text in columns of spaces: what each column is must be worked out. */
#define ZP_LIMIT_ALIGNED_LINES 100000u
/* Forms in one document. */
#define ZP_LIMIT_FORMS 100000u
/* Rows of a ledger (汇总表). */
#define ZP_LIMIT_LEDGER_ROWS 100000u
/* Objects and lists inside each other of a form's JSON in an archive; our own have eight. */
#define ZP_LIMIT_FORM_DEPTH 32u
/* Forms of one project that an archive compares over the years; further ones are not compared. */
#define ZP_LIMIT_HISTORY 1000u
/* Of the page of an archive's counts: rows of one table, years, projects that have a time line; it says what it leaves out. */
#define ZP_LIMIT_STATS_ROWS     500u
#define ZP_LIMIT_STATS_YEARS    60u
#define ZP_LIMIT_STATS_PROJECTS 300u
/* Findings about projects without a form, and about forms without a project; the last one says how many more. */
#define ZP_LIMIT_LEDGER_GAPS 1000u
/* Rows of one form; what follows is reported as unused (D05). */
#define ZP_LIMIT_FORM_ROWS 5000u
/* Bytes of a cell that the number patterns look at; a longer cell holds prose. */
#define ZP_LIMIT_VALUE_BYTES 512u
/* Steps of one PCRE2 match (its match limit). */
#define ZP_LIMIT_MATCH_STEPS 100000u
/* Bytes of the JIT stack, first and at most. */
#define ZP_LIMIT_JIT_STACK_START (32u * 1024)
#define ZP_LIMIT_JIT_STACK       (512u * 1024)
/* Depth of folders below one given on the command line. */
#define ZP_LIMIT_FOLDER_DEPTH 64u
/* Bytes of one data file under rules/. */
#define ZP_LIMIT_DATA_BYTES (1024u * 1024)
/* Pages of one print (PDF, OFD). */
#define ZP_LIMIT_PAGES 20000u
/* Characters of one page. */
#define ZP_LIMIT_PAGE_GLYPHS 100000u
/* Points of one path. */
#define ZP_LIMIT_PAGE_POINTS 200000u
/* Boxes that one page draws, after dots and dashes are joined. */
#define ZP_LIMIT_PAGE_RULES 100000u
/* Places of one table's lattice, and pairs of a page's rules that are looked at together. */
#define ZP_LIMIT_PAGE_CROSSINGS 4000000u
/* Graphics states saved inside each other. */
#define ZP_LIMIT_PAGE_STATES 512u
/* Nodes of a PDF's page tree inside each other, and forms and fonts that are looked through for one page. */
#define ZP_LIMIT_PDF_TREE 256u
/* Entries of a page tree, pages and others. */
#define ZP_LIMIT_PDF_NODES 100000u
/* Bytes that a stream that a page draws with may unpack to, or all that it draws; past it, it is not read. */
#define ZP_LIMIT_PDF_CONTENT_BYTES (128u * 1024 * 1024)
/* Drawing operators of one page, form XObjects included; drawing such a form counts for 500. */
#define ZP_LIMIT_PDF_OPERATORS 5000000u
/* Form XObjects inside each other. */
#define ZP_LIMIT_PDF_DEPTH 16u
/* Fonts of one page, and codes that one of them may map to characters. */
#define ZP_LIMIT_PDF_FONTS      512u
#define ZP_LIMIT_PDF_FONT_CODES 200000u
/* Annotations of one page. */
#define ZP_LIMIT_PDF_ANNOTATIONS 5000u
/* XML of an OFD that is unpacked before anything asks for it. */
#define ZP_LIMIT_OFD_EARLY_BYTES (4u * 1024 * 1024)
/* Objects that one page of an OFD draws, and those of all composite units. */
#define ZP_LIMIT_OFD_OBJECTS 1000000u
/* Composite units inside each other, and parameters for drawing that build on each other. */
#define ZP_LIMIT_OFD_DEPTH 64u
/* Pixels of one picture and of one side of it, by its head, before it is decoded; pages of one file. */
#define ZP_LIMIT_IMAGE_PIXELS 100000000u
#define ZP_LIMIT_IMAGE_SIDE   30000u
#define ZP_LIMIT_IMAGE_PAGES  2000u
/* Of one page of a picture: runs of ink that may be rules, lines of text. */
#define ZP_LIMIT_IMAGE_RULES 20000u
#define ZP_LIMIT_IMAGE_LINES 3000u
/* Pixels of a line's width as the recogniser sees it, 48 high; a longer one is read in parts. */
#define ZP_LIMIT_IMAGE_WIDTH 3200u
/* D06 findings of one form; the last one says how many more figures are in doubt. */
#define ZP_LIMIT_DOUBTS 50u
/* Doubtful texts of one document whose picture is kept; bytes of one such picture, pixels of its sides before it is made smaller. */
#define ZP_LIMIT_CROPS      500u
#define ZP_LIMIT_CROP_BYTES (64u * 1024)
#define ZP_LIMIT_CROP_SIDE  1200u
/* Bytes of all such pictures of one form in a report page. */
#define ZP_LIMIT_FORM_CROPS (1024u * 1024)
/* Corrections of one file; bytes of one, of a name or a date. */
#define ZP_LIMIT_CORRECTIONS      100000u
#define ZP_LIMIT_CORRECTION_BYTES 4000u
#define ZP_LIMIT_CORRECTION_NAME  200u
/* Further readings of a text that are kept. */
#define ZP_LIMIT_IMAGE_READINGS 6u
/* Lists and mappings inside each other in a YAML file; libyaml takes quadratic time over more. */
#define ZP_LIMIT_TREE_DEPTH 16u
/* Nodes of a YAML file, aliases written out; without aliases a file of ZP_LIMIT_DATA_BYTES has no more. */
#define ZP_LIMIT_TREE_NODES 1000000u
/* D05 findings for one form; the last one says how many more there are. */
#define ZP_LIMIT_UNUSED_TEXTS 50u
/* Texts that are gathered for them; doubtful ones of a row are then one finding. */
#define ZP_LIMIT_UNUSED_GATHERED 2000u
/* Entries of an Office package (zip). */
#define ZP_LIMIT_PACKAGE_ENTRIES 10000u
/* Sheets of an old Excel workbook (.xls), and looks of its cells: Excel itself takes 4,050. */
#define ZP_LIMIT_XLS_SHEETS 10000u
#define ZP_LIMIT_XLS_STYLES 4096u
/* Bytes of one part of a package, unpacked, and of all the parts that are read. */
#define ZP_LIMIT_PART_BYTES    (128u * 1024 * 1024)
#define ZP_LIMIT_PACKAGE_BYTES (256u * 1024 * 1024)
/* Times that a package may grow when unpacked, and the size below which that is not asked. */
#define ZP_LIMIT_PACKAGE_RATIO       400u
#define ZP_LIMIT_PACKAGE_RATIO_FLOOR (8u * 1024 * 1024)
/* Entries of an archive, with those of archives inside it. */
#define ZP_LIMIT_ARCHIVE_ENTRIES 200000u
/* Archives inside an archive, inside each other. */
#define ZP_LIMIT_ARCHIVE_DEPTH 2u
/* Times that an archive may grow when unpacked, and the size below which that is not asked. */
#define ZP_LIMIT_ARCHIVE_RATIO       400u
#define ZP_LIMIT_ARCHIVE_RATIO_FLOOR (256u * 1024 * 1024)
/* Bytes of an entry's name, folders included; of a longer one the end is kept. */
#define ZP_LIMIT_ENTRY_NAME 1024u
/* Bytes that the names of archives inside each other and of an entry in them can come to. */
#define ZP_LIMIT_ENTRY_PATH ((ZP_LIMIT_ARCHIVE_DEPTH + 1) * (ZP_LIMIT_ENTRY_NAME + 16))
/* Parts inside each other of a letter; letters in it count as archives in an archive. */
#define ZP_LIMIT_LETTER_DEPTH 64u
/* Elements inside each other in a part of a package. */
#define ZP_LIMIT_XML_DEPTH 1024u
/* Notes on what a file hides or has changed, and losses of an Office file or a text; the last says how many more. */
#define ZP_LIMIT_NOTES 50u
/* Seconds that an Office program may take to convert one file. */
#define ZP_LIMIT_OFFICE_SECONDS 120u
/* Results of one SARIF run, as many as code scanning services take; the file says what was cut. */
#define ZP_LIMIT_SARIF_RESULTS 25000u
/* Findings of one Markdown report, and their bytes: its readers take 1 MiB; the last line says how many more. */
#define ZP_LIMIT_MARKDOWN_ROWS  1500u
#define ZP_LIMIT_MARKDOWN_BYTES (1000u * 1000)
/* Different reasons why checks could not be made that the end of a text report counts; the rest are "others". */
#define ZP_LIMIT_REASONS 1000u
/* Forms of one report page. With more it is an index, and they stand in pages of departments and units; on standard
   output, where there is no place for those, further ones are listed and counted, and the page says so. */
#define ZP_LIMIT_REPORT_FORMS 20000u
/* Such pages of a report, about 400 KB each beside their forms; then the smaller departments and units share pages. */
#define ZP_LIMIT_REPORT_PAGES 500u
/* Rows of one sheet of a workbook, head included, after which it goes on in a further one: what Excel takes. */
#define ZP_LIMIT_SHEET_ROWS 1048576u
/* Links of one sheet that the workbook's writer keeps in memory; Excel takes 65,530. Further ones are formulas. */
#define ZP_LIMIT_SHEET_LINKS 4000u
/* Bytes of a text in a cell of a workbook: Excel takes 32,767 characters. A cut one is said. */
#define ZP_LIMIT_SHEET_CELL 32000u
/* Number formats of one workbook; a figure that needs a further one stays text. */
#define ZP_LIMIT_SHEET_FORMATS 150u
/* Folders of a run with --split-by. */
#define ZP_LIMIT_SPLIT_FOLDERS 20000u
/* Findings that one letter lists. */
#define ZP_LIMIT_LETTER_ROWS 2000u
/* Forms of one workbook of convert --to xlsx, which stay in memory until it is written: about 300 MB. */
#define ZP_LIMIT_DRAWN_SHEETS 2000u
/* Worker processes at once. */
#define ZP_LIMIT_JOBS 256u
/* Bytes of the JSON that one call of the library gives back. */
#define ZP_LIMIT_ANSWER_BYTES (256u * 1024 * 1024)
/* Bytes of a text between the library and a worker program: an answer may pass its limit by one file. */
#define ZP_LIMIT_LINK_BYTES (1024u * 1024 * 1024)
/* Files after which a worker makes way for a fresh one. */
#define ZP_LIMIT_WORKER_FILES 2000u
/* Seconds that a worker which has nothing left to do may take to leave; then it is killed. */
#define ZP_LIMIT_PARTING_SECONDS 10
/* Seconds of a processor that reading one file may take. */
#define ZP_LIMIT_FILE_SECONDS 60u
/* How many times as long it may take by the clock: a loaded machine gives a worker a share of a processor. */
#define ZP_LIMIT_FILE_PATIENCE 10u
/* Bytes of memory (address space) that one worker may take beyond what it begins with. */
#define ZP_LIMIT_WORKER_BYTES (G_GUINT64_CONSTANT(2) << 30)
/* Bytes of what was read of one file, as it goes from worker to parent. */
#define ZP_LIMIT_RECORD_BYTES (256u * 1024 * 1024)
/* Times that a record may grow in memory when it is read. */
#define ZP_LIMIT_RECORD_GROWTH 32u
/* Bytes of answers that wait in memory for their turn; further ones wait in a file. */
#define ZP_LIMIT_WAITING_BYTES (16u * 1024 * 1024)
/* Inputs that may be ahead of the one that is to be written next. */
#define ZP_LIMIT_TASKS_AHEAD 65536u
/* Parts that a run can be divided into (--shard I/N). */
#define ZP_LIMIT_SHARDS 10000u
