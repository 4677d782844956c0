# The demo on Windows 11 against Windows itself: a Java program sleeps on a virtual camera's event, and the camera wakes it.
# Never run on real Windows so far: it is kept short so that reading can prove it.
# Needs: JDK 17 or later, Maven, CMake, Ninja and MSVC, from an "x64 Native Tools Command Prompt for VS":
#   powershell -ExecutionPolicy Bypass -File scripts\demo.ps1
$ErrorActionPreference = 'Stop'
Set-Location (Join-Path $PSScriptRoot '..')

if (-not [Environment]::Is64BitProcess) { throw 'Start this from a 64-bit shell.' }
if ([Environment]::OSVersion.Version.Build -lt 22000) { throw 'Virtual cameras need Windows 11 (build 22000).' }
if (-not (Get-Command java -ErrorAction SilentlyContinue)) { throw 'java is missing: install JDK 17 or later.' }

$missing = 'javac', 'mvn', 'cmake', 'ninja', 'cl' | Where-Object { -not (Get-Command $_ -ErrorAction SilentlyContinue) }
if (-not $missing) {
    if ($env:VSCMD_ARG_TGT_ARCH -ne 'x64') { throw 'Start this from an "x64 Native Tools Command Prompt for VS".' }
    mvn -B -ntp '-Dmfvcam.quick' -pl java/mfvcam-examples -am package
    if ($LASTEXITCODE -ne 0) { throw "The build failed with status $LASTEXITCODE." }
} elseif (Test-Path 'java\mfvcam-examples\target\lib') {
    Write-Host "Not building, for want of ${missing}: using what was built before."
} else {
    throw "Missing: $missing. Install JDK 17, Maven and Visual Studio's C++ tools, and start this from an x64 Native Tools Command Prompt."
}

# The camera services run as another user and cannot read this folder: the source must lie where they can.
$bin = Join-Path $PWD 'build\windows-x64\bin'
$id = (Get-Content (Join-Path $bin 'build-id.txt') -Raw).Trim()
$target = Join-Path $env:ProgramFiles "mfvcam\$id"
$installed = Join-Path $target 'mfvcam-source.dll'
$registered = (Get-ItemProperty -ErrorAction SilentlyContinue `
    'HKLM:\SOFTWARE\Classes\CLSID\{85C66A41-1204-4B25-944C-A615B61808B2}\InprocServer32').'(default)'
if ($registered -ne $installed -or -not (Test-Path $installed)) {
    Write-Host "Windows will ask once for an administrator: to copy mfvcam-source.dll to $target and to register it there."
    $work = "`$ErrorActionPreference = 'Stop'
        New-Item -ItemType Directory -Force '$target' | Out-Null
        Copy-Item -Force '$($bin.Replace("'", "''"))\mfvcam-source.dll' '$installed'
        exit (Start-Process regsvr32 -ArgumentList '/s', '`"$installed`"' -Wait -PassThru).ExitCode"
    $encoded = [Convert]::ToBase64String([Text.Encoding]::Unicode.GetBytes($work))
    $admin = Start-Process powershell -Verb RunAs -Wait -PassThru -ArgumentList '-NoProfile', '-EncodedCommand', $encoded
    if ($admin.ExitCode -ne 0) { throw "Registering failed with status $($admin.ExitCode)." }
}

$jars = (Get-Item 'java\mfvcam-examples\target\mfvcam-examples-*.jar', 'java\mfvcam-examples\target\lib\*.jar').FullName -join ';'
java -cp $jars io.github.mfvcam.examples.SyncDemo @args
exit $LASTEXITCODE
