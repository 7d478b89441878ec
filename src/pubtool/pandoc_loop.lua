-- A pandoc that stays: `pandoc lua pandoc_loop.lua` reads requests from standard input, each a line
-- with a number of bytes and a document of that size as pandoc's JSON, and answers each with a line
-- "made N" or "refused N" and N bytes: an EPUB, or the reason.
--
-- Unlike `pandoc --sandbox` this could open files a document names, so a document that names any,
-- outside its data: URIs, is refused.

local PAGE = [[
<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops">
<head></head>
<body>
$body$
</body>
</html>
]]

local options = pandoc.WriterOptions({
  template = pandoc.template.compile(PAGE),
  html_math_method = "mathml",
  split_level = 1,
  highlight_method = "none",
})

local function opens(raw)
  if raw.text:match("[sS][rR][cC]") or raw.text:match("[pP][oO][sS][tT][eE][rR]") then
    error("raw markup that may name a file", 0)
  end
end

local guard = {
  Image = function(image)
    if not image.src:match("^data:") then error("an image outside the document", 0) end
  end,
  RawInline = opens,
  RawBlock = opens,
}

local function answer(word, bytes)
  io.write(word, " ", #bytes, "\n", bytes)
  io.flush()
end

for line in io.lines() do
  local request = io.read(tonumber(line))
  local good, made = pcall(function()
    local document = pandoc.read(request, "json")
    document:walk(guard)
    return pandoc.write(document, "epub3", options)
  end)
  answer(good and "made" or "refused", good and made or tostring(made))
end
