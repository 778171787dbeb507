# Builds the Windows set-up on Windows 10 or 11, with the same spec and the same NSIS script as on Linux.
# Needs: Python 3.11 (64-bit, python.org), NSIS 3, git. Run in the checkout:  powershell -File installer\build_windows.ps1
param(
    [string]$Work = "build\package",
    [string]$Out = "dist",
    [switch]$NoTrial
)
$ErrorActionPreference = "Stop"
Set-Location (Split-Path -Parent $PSScriptRoot)

$env:Path = "${env:ProgramFiles(x86)}\NSIS;$env:ProgramFiles\NSIS;$env:Path"
if (-not (Get-Command makensis -ErrorAction SilentlyContinue)) {
    throw "makensis was not found: install NSIS 3 and run this again"
}
$arguments = @("dev.py", "package", "--work", $Work, "--out", $Out)
if ($NoTrial) { $arguments += "--no-trial" }
py -3.11 @arguments
if ($LASTEXITCODE -ne 0) { throw "the set-up could not be made (see above)" }
Get-ChildItem $Out -Filter "OpenMSS-*-setup.exe" | ForEach-Object {
    "{0}  {1:N1} MiB  SHA-256 {2}" -f $_.Name, ($_.Length / 1MB), (Get-FileHash $_.FullName).Hash
}
