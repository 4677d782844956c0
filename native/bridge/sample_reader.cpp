#include "sample_reader.h"

#include <mfapi.h>
#include <mferror.h>

#include <algorithm>
#include <cstring>

#include "apartment.h"
#include "handle_table.h"
#include "runtime.h"
#include "wait.h"

namespace mfvcam {

namespace {

constexpr DWORD first_video = static_cast<DWORD>(MF_SOURCE_READER_FIRST_VIDEO_STREAM);
constexpr DWORD all_streams = static_cast<DWORD>(MF_SOURCE_READER_ALL_STREAMS);

// A picture's rows as they are packed: a row of NV12 is a row of luma or half a row's worth of both
// chroma planes.
HRESULT packed_rows(const GUID& subtype, UINT32 width, UINT32 height, UINT32* row_bytes,
                    UINT32* rows) noexcept {
    constexpr UINT32 largest = 16384;
    if (width == 0 || height == 0 || width > largest || height > largest) {
        return MF_E_INVALIDMEDIATYPE;
    }
    if (subtype == MFVideoFormat_NV12 && width % 2 == 0 && height % 2 == 0) {
        *row_bytes = width;
        *rows = height + (height / 2);
        return S_OK;
    }
    if (subtype == MFVideoFormat_RGB32) {
        *row_bytes = width * 4;
        *rows = height;
        return S_OK;
    }
    return MF_E_INVALIDMEDIATYPE;
}

HRESULT find_type(IMFMediaTypeHandler* handler, const GUID& subtype,
                  ComPtr<IMFMediaType>* type) noexcept {
    DWORD count = 0;
    HRESULT hr = handler->GetMediaTypeCount(&count);
    for (DWORD index = 0; SUCCEEDED(hr) && index < count; ++index) {
        GUID native = GUID_NULL;
        hr = handler->GetMediaTypeByIndex(index, type->put());
        if (SUCCEEDED(hr)) {
            hr = (*type)->GetGUID(MF_MT_SUBTYPE, &native);
        }
        if (SUCCEEDED(hr) && native == subtype) {
            return S_OK;
        }
    }
    return FAILED(hr) ? hr : MF_E_INVALIDMEDIATYPE;
}

// The first native type of a subtype, in the source's first video stream.
HRESULT find_native_type(IMFMediaSource* source, const GUID& subtype,
                         ComPtr<IMFMediaType>* type) noexcept {
    ComPtr<IMFPresentationDescriptor> presentation;
    HRESULT hr = source->CreatePresentationDescriptor(presentation.put());
    DWORD streams = 0;
    if (SUCCEEDED(hr)) {
        hr = presentation->GetStreamDescriptorCount(&streams);
    }
    for (DWORD stream = 0; SUCCEEDED(hr) && stream < streams; ++stream) {
        BOOL selected = FALSE;
        ComPtr<IMFStreamDescriptor> descriptor;
        ComPtr<IMFMediaTypeHandler> handler;
        GUID major_type = GUID_NULL;
        hr = presentation->GetStreamDescriptorByIndex(stream, &selected, descriptor.put());
        if (SUCCEEDED(hr)) {
            hr = descriptor->GetMediaTypeHandler(handler.put());
        }
        if (SUCCEEDED(hr)) {
            hr = handler->GetMajorType(&major_type);
        }
        if (SUCCEEDED(hr) && major_type == MFMediaType_Video) {
            return find_type(handler.get(), subtype, type);
        }
    }
    return FAILED(hr) ? hr : MF_E_INVALIDMEDIATYPE;
}

void copy_rows(BYTE* to, const BYTE* from, LONG pitch, UINT32 row_bytes, UINT32 rows) noexcept {
    for (UINT32 row = 0; row < rows; ++row) {
        std::memcpy(to, from, row_bytes);
        to += row_bytes;
        from += pitch;
    }
}

}  // namespace

HRESULT SampleMailbox::create(ComPtr<SampleMailbox>* mailbox) {
    mailbox->attach(new SampleMailbox());
    SampleMailbox& made = **mailbox;
    made.delivered_ = OwnedHandle(CreateEventW(nullptr, FALSE, FALSE, nullptr));
    made.flushed_ = OwnedHandle(CreateEventW(nullptr, TRUE, FALSE, nullptr));
    return made.delivered_ && made.flushed_ ? S_OK : hresult_from_last_error();
}

SampleMailbox::Delivery SampleMailbox::take() noexcept {
    const LockGuard guard(lock_);
    return std::exchange(delivery_, Delivery{});
}

void SampleMailbox::put_back(Delivery delivery) noexcept {
    {
        const LockGuard guard(lock_);
        delivery_ = std::move(delivery);
    }
    SetEvent(delivered_.get());
}

void* SampleMailbox::find_interface(REFIID iid) noexcept {
    const bool known = iid == __uuidof(IUnknown) || iid == __uuidof(IMFSourceReaderCallback);
    return known ? static_cast<IMFSourceReaderCallback*>(this) : nullptr;
}

STDMETHODIMP SampleMailbox::OnReadSample(HRESULT status, DWORD /*stream*/, DWORD flags,
                                         LONGLONG /*time*/, IMFSample* sample) {
    Delivery delivery;
    delivery.result = status;
    if (SUCCEEDED(status)) {
        if ((flags & MF_SOURCE_READERF_ERROR) != 0) {
            delivery.result = MF_E_UNEXPECTED;
        } else if ((flags & MF_SOURCE_READERF_CURRENTMEDIATYPECHANGED) != 0) {
            // What follows is not what the caller's buffers were made for.
            delivery.result = MF_E_INVALIDMEDIATYPE;
        } else if ((flags & MF_SOURCE_READERF_ENDOFSTREAM) != 0) {
            delivery.result = MF_E_END_OF_STREAM;
        } else {
            delivery.sample = ComPtr<IMFSample>(sample);
        }
    }
    put_back(std::move(delivery));
    return S_OK;
}

STDMETHODIMP SampleMailbox::OnFlush(DWORD /*stream*/) {
    SetEvent(flushed_.get());
    return S_OK;
}

STDMETHODIMP SampleMailbox::OnEvent(DWORD /*stream*/, IMFMediaEvent* /*event*/) {
    return S_OK;
}

SampleReader::SampleReader(Ref<VirtualCamera> camera) noexcept
    : CameraChild(object_kind, std::move(camera)) {
    ++ledger.readers;
}

SampleReader::~SampleReader() = default;

HRESULT SampleReader::create(MediaSource& source, const GUID& subtype, mfvcam_format* format,
                             mfvcam_handle* handle) {
    const auto reader = Ref<SampleReader>::adopt(new SampleReader(source.camera()));
    const HRESULT hr = guarded([&] {
        HRESULT result = reader->open(source, subtype);
        if (SUCCEEDED(result)) {
            result = reader->join_camera();
        }
        if (SUCCEEDED(result)) {
            *handle = handles::insert(reader.get());
            *format = reader->format_;
        }
        return result;
    });
    if (FAILED(hr)) {
        reader->close();
    }
    return hr;
}

HRESULT SampleReader::open(MediaSource& source, const GUID& subtype) {
    ended_ = OwnedHandle(CreateEventW(nullptr, TRUE, FALSE, nullptr));
    if (!ended_) {
        return hresult_from_last_error();
    }
    HRESULT hr = SampleMailbox::create(&mailbox_);
    if (FAILED(hr)) {
        return hr;
    }
    return in_mta([&]() -> HRESULT {
        // Before the source is taken: a format it lacks costs nothing.
        ComPtr<IMFMediaType> type;
        hr = find_native_type(source.get().get(), subtype, &type);
        if (SUCCEEDED(hr)) {
            hr = describe(type.get(), subtype);
        }
        if (FAILED(hr)) {
            return hr;
        }
        return source.take() ? create_reader(source.get().get(), type.get())
                             : MFVCAM_E_SOURCE_TAKEN;
    });
}

HRESULT SampleReader::describe(IMFMediaType* type, const GUID& subtype) noexcept {
    UINT64 size = 0;
    UINT64 rate = 0;
    HRESULT hr = type->GetUINT64(MF_MT_FRAME_SIZE, &size);
    if (SUCCEEDED(hr)) {
        hr = type->GetUINT64(MF_MT_FRAME_RATE, &rate);
    }
    if (FAILED(hr)) {
        return hr;
    }
    constexpr unsigned half = 32;
    format_.width = static_cast<UINT32>(size >> half);
    format_.height = static_cast<UINT32>(size);
    format_.frame_rate_numerator = static_cast<UINT32>(rate >> half);
    format_.frame_rate_denominator = std::max(static_cast<UINT32>(rate), 1U);
    hr = packed_rows(subtype, format_.width, format_.height, &row_bytes_, &rows_);
    format_.frame_size = row_bytes_ * rows_;
    return hr;
}

// The reader shuts the source down when it is released, as source readers do: an event that it
// still waits for could not be had by a second reader.
HRESULT SampleReader::create_reader(IMFMediaSource* source, IMFMediaType* type) noexcept {
    const MediaFoundation& mf = media_foundation();
    ComPtr<IMFAttributes> attributes;
    HRESULT hr = mf.create_attributes(attributes.put(), 1);
    if (SUCCEEDED(hr)) {
        hr = attributes->SetUnknown(MF_SOURCE_READER_ASYNC_CALLBACK, mailbox_.get());
    }
    if (SUCCEEDED(hr)) {
        hr = mf.create_source_reader(source, attributes.get(), reader_.put());
    }
    if (SUCCEEDED(hr)) {
        hr = reader_->SetStreamSelection(all_streams, FALSE);
    }
    if (SUCCEEDED(hr)) {
        hr = reader_->SetStreamSelection(first_video, TRUE);
    }
    if (SUCCEEDED(hr)) {
        hr = reader_->SetCurrentMediaType(first_video, nullptr, type);
    }
    return hr;
}

HRESULT SampleReader::read(UINT32 timeout, HANDLE cancel, void* buffer, UINT32 capacity,
                           mfvcam_sample* sample) noexcept {
    if (reading_.exchange(true)) {
        return MFVCAM_E_READER_BUSY;
    }
    SampleMailbox::Delivery delivery;
    HRESULT hr = wait_for_delivery(timeout, cancel, &delivery);
    if (hr == S_OK) {
        hr = in_mta([&] {
            const HRESULT copied = copy(delivery.sample.get(), buffer, capacity, sample);
            // Released here: the last reference gives the sample back to its allocator.
            if (copied != HRESULT_FROM_WIN32(ERROR_INSUFFICIENT_BUFFER)) {
                delivery.sample.reset();
            }
            return copied;
        });
        if (delivery.sample) {
            mailbox_->put_back(std::move(delivery));
        } else {
            requested_ = false;
        }
    }
    reading_ = false;
    return hr;
}

HRESULT SampleReader::request_sample() noexcept {
    if (requested_) {
        return S_OK;
    }
    const HRESULT hr = in_mta(
        [this] { return reader_->ReadSample(first_video, 0, nullptr, nullptr, nullptr, nullptr); });
    requested_ = SUCCEEDED(hr);
    return hr;
}

// S_OK: a sample is there, and requested_ stays set until it has been taken for good.
HRESULT SampleReader::wait_for_delivery(UINT32 timeout, HANDLE cancel,
                                        SampleMailbox::Delivery* delivery) noexcept {
    const Deadline deadline(timeout);
    for (;;) {
        HRESULT hr = reason_;
        if (SUCCEEDED(hr)) {
            hr = request_sample();
        }
        if (FAILED(hr)) {
            return hr;
        }
        const WaitEnd end = wait_for(mailbox_->delivered(), ended_.get(), cancel, deadline);
        if (end != WaitEnd::signalled) {
            return end == WaitEnd::ended ? reason_.load() : hresult_of(end);
        }
        *delivery = mailbox_->take();
        if (delivery->sample) {
            return S_OK;
        }
        requested_ = false;
        if (FAILED(delivery->result)) {
            return delivery->result;
        }
        // A tick without a sample: ask again, for the rest of the time.
    }
}

HRESULT SampleReader::copy_plane(IMF2DBuffer2* plane, BYTE* to) const noexcept {
    BYTE* from = nullptr;
    LONG pitch = 0;
    BYTE* start = nullptr;
    DWORD length = 0;
    HRESULT hr = plane->Lock2DSize(MF2DBuffer_LockFlags_Read, &from, &pitch, &start, &length);
    if (FAILED(hr)) {
        return hr;
    }
    // The first row may be the last in memory. Both must lie within the buffer, whoever made it.
    const INT64 first = from - start;
    const INT64 last = first + (INT64{pitch} * (INT64{rows_} - 1));
    const auto fits = [this, length](INT64 row) {
        return row >= 0 && row + row_bytes_ <= INT64{length};
    };
    if (from != nullptr && start != nullptr && fits(first) && fits(last)) {
        copy_rows(to, from, pitch, row_bytes_, rows_);
    } else {
        hr = MF_E_BUFFERTOOSMALL;
    }
    plane->Unlock2D();
    return hr;
}

HRESULT SampleReader::copy(IMFSample* source, void* buffer, UINT32 capacity,
                           mfvcam_sample* sample) const noexcept {
    sample->size = format_.frame_size;
    if (capacity < format_.frame_size) {
        return HRESULT_FROM_WIN32(ERROR_INSUFFICIENT_BUFFER);
    }
    // Samples need not be stamped; 0 then.
    static_cast<void>(source->GetSampleTime(&sample->time));
    static_cast<void>(source->GetSampleDuration(&sample->duration));
    ComPtr<IMFMediaBuffer> media;
    HRESULT hr = source->GetBufferByIndex(0, media.put());
    if (FAILED(hr)) {
        return hr;
    }
    if (const ComPtr<IMF2DBuffer2> plane = media.as<IMF2DBuffer2>()) {
        return copy_plane(plane.get(), static_cast<BYTE*>(buffer));
    }
    BYTE* from = nullptr;
    DWORD length = 0;
    hr = media->Lock(&from, nullptr, &length);
    if (FAILED(hr)) {
        return hr;
    }
    if (from != nullptr && length >= format_.frame_size) {
        std::memcpy(buffer, from, format_.frame_size);
    } else {
        hr = MF_E_BUFFERTOOSMALL;
    }
    media->Unlock();
    return hr;
}

void SampleReader::end(HRESULT reason) noexcept {
    HRESULT none = S_OK;
    reason_.compare_exchange_strong(none, reason);
    if (ended_) {
        SetEvent(ended_.get());
    }
}

void SampleReader::on_close() noexcept {
    leave_camera();
    end(MF_E_SHUTDOWN);
}

/*
 * Drained before it is released: a source reader's work goes on on other threads after the last
 * sample. A source that no longer answers may not hold us for ever.
 */
void SampleReader::finish() noexcept {
    in_mta([this] {
        if (reader_) {
            constexpr DWORD longest = 2000;
            if (SUCCEEDED(reader_->Flush(all_streams))) {
                WaitForSingleObject(mailbox_->flushed(), longest);
            }
            reader_.reset();
        }
        // A sample may be left in it.
        mailbox_.reset();
        return S_OK;
    });
    ended_ = OwnedHandle();
    --ledger.readers;
}

}  // namespace mfvcam
