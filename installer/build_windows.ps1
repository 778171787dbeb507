# Builds the Windows set-up on Windows 10 or 11, with the same spec and the same NSIS script as on Linux.
# Needs: Python 3.11 (64-bit, python.org), NSIS 3, git. Run it anywhere, with Windows' own PowerShell or a newer one:
#     powershell -ExecutionPolicy Bypass -File installer\build_windows.ps1
param(
    [string]$Work = "build\package",
    [string]$Out = "dist",
    [switch]$NoTrial
)
$ErrorActionPreference = "Stop"
Set-Location -LiteralPath (Split-Path -Parent $PSScriptRoot)

# NSIS puts itself on no PATH; where it is, it writes down.
$found = @()
foreach ($key in "HKLM:\SOFTWARE\WOW6432Node\NSIS", "HKLM:\SOFTWARE\NSIS", "HKCU:\SOFTWARE\NSIS") {
    $entry = Get-ItemProperty -LiteralPath $key -ErrorAction SilentlyContinue
    if ($entry) { $found += $entry.'(default)' }
}
foreach ($root in ${env:ProgramFiles(x86)}, $env:ProgramFiles) {
    if ($root) { $found += (Join-Path $root "NSIS") }
}
$env:Path = (@($found | Where-Object { $_ }) + $env:Path) -join ";"
if (-not (Get-Command "makensis" -CommandType Application -ErrorAction SilentlyContinue)) {
    throw "makensis was not found: install NSIS 3 and run this again"
}
if (-not (Get-Command "git" -CommandType Application -ErrorAction SilentlyContinue)) {
    throw "git was not found: what is committed is what is built"
}

# The launcher finds the version among several; without it, the one Python on PATH must be it.
$python = @("py", "-3.11")
if (-not (Get-Command "py" -CommandType Application -ErrorAction SilentlyContinue)) { $python = @("python") }
$program = $python[0]
$words = @($python | Select-Object -Skip 1)
$check = "import struct, sys; sys.exit(sys.version_info[:2] != (3, 11) or struct.calcsize('P') != 8)"
try { & $program @words -c $check } catch { throw "Python was not found: install the 64-bit Python 3.11" }
if ($LASTEXITCODE -ne 0) { throw "the 64-bit Python 3.11 was not found: install it and run this again" }

# Windows' PowerShell would let a backslash at the end of a word with blanks hide the quotation mark after it.
$words += "dev.py", "package", "--work", $Work.TrimEnd("\"), "--out", $Out.TrimEnd("\")
if ($NoTrial) { $words += "--no-trial" }
& $program @words
if ($LASTEXITCODE -ne 0) { throw "the set-up could not be made (see above)" }
Get-ChildItem -LiteralPath $Out -Filter "OpenMSS-*-setup.exe" | ForEach-Object {
    "{0}  {1:N1} MiB  SHA-256 {2}" -f $_.Name, ($_.Length / 1048576), (Get-FileHash -LiteralPath $_.FullName).Hash
}
